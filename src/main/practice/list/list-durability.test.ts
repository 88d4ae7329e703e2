import { afterEach, describe, expect, test } from 'vitest'
import type { TestService } from '../kit/testing/service-client.ts'
import { startTestList } from './testing/start-list.ts'

let list: TestService
afterEach(() => list.dispose())

const put = (n: number) => list.call('PUT', `/subscribers/n${n}%40example.com`, { json: { first_name: `N${n}` } })

describe('what was answered', () => {
  test('is there after a SIGKILL in the middle of writing, and a second sending of everything doubles nothing', async () => {
    list = await startTestList()
    const total = 300
    const answered: number[] = []
    let next = 0
    const writer = async (): Promise<void> => {
      while (next < total) {
        const n = next++
        const answer = await put(n).catch(() => null)
        if (answer?.status === 201) answered.push(n)
        if (answered.length === 100) void list.service().kill()
      }
    }
    await Promise.all(Array.from({ length: 12 }, writer))
    await list.service().exited
    expect(answered.length).toBeGreaterThanOrEqual(100)
    expect(answered.length).toBeLessThan(total)
    await list.restart()
    for (const n of answered)
      expect((await list.call('GET', `/subscribers/n${n}%40example.com`)).body?.first_name).toBe(`N${n}`)
    for (let n = 0; n < total; n += 1)
      expect(answered.includes(n) ? [200] : [200, 201]).toContain((await put(n)).status)
    const { subscriber } = (await list.call('GET', '/_stats')).body.objects
    expect([subscriber.subscribed, subscriber.writes.create]).toEqual([total, total])
  })

  test('includes an unsubscription that was committed as the process died', async () => {
    list = await startTestList({ faults: {} })
    await put(1)
    await list.call('PUT', '/_faults', { json: { crashAfterWrites: 1 } })
    const json = { status: 'unsubscribed' }
    await expect(list.call('PUT', '/subscribers/n1%40example.com', { json })).rejects.toThrow()
    await list.service().exited
    await list.restart()
    const again = await list.call('PUT', '/subscribers/n1%40example.com', { json: { status: 'subscribed' } })
    expect(again.body.error.code).toBe('unsubscribed')
  })
})

test('the limit of requests answers 429 with Retry-After', async () => {
  list = await startTestList({ requestsPerSecond: 5 })
  const answers = await Promise.all(Array.from({ length: 12 }, () => list.call('GET', '/account')))
  const refused = answers.filter((answer) => answer.status === 429)
  expect(refused.length).toBeGreaterThanOrEqual(5)
  expect(refused[0]?.headers.get('retry-after')).toBe('1')
})
