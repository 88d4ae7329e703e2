import { afterEach, describe, expect, test } from 'vitest'
import type { TestService } from '../kit/testing/service-client.ts'
import { startTestCrm } from './testing/start-crm.ts'

let crm: TestService
afterEach(() => crm.dispose())

const create = (n: number) =>
  crm.call('POST', '/contacts', { json: { last_name: `N${n}` } }).then(
    (answer) => answer.status,
    () => 'broken' as const,
  )

async function outcomes(count: number): Promise<(number | 'broken')[]> {
  const list: (number | 'broken')[] = []
  for (let n = 0; n < count; n += 1) list.push(await create(n))
  return list
}

const liveContacts = async (): Promise<number> => (await crm.call('GET', '/_stats')).body.objects.contact.live

describe('the rate limit', () => {
  test('answers 429 with Retry-After when the bucket is empty, and goes on after the wait', async () => {
    crm = await startTestCrm({ requestsPerSecond: 5 })
    const answers = await Promise.all(Array.from({ length: 12 }, () => crm.call('GET', '/account')))
    const refused = answers.filter((answer) => answer.status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(5)
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
    expect(answers[0]?.headers.get('x-ratelimit-limit')).toBe('5')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect((await crm.call('GET', '/account')).status).toBe(200)
  })
})

describe('faults', () => {
  test('are impossible in a service that was started without them', async () => {
    crm = await startTestCrm()
    expect((await crm.call('PUT', '/_faults', { json: { throttleEvery: 1 } })).status).toBe(404)
  })

  test('that lose answers lose them after the commit, in the same places for the same seed', async () => {
    crm = await startTestCrm({ faults: { seed: 7, loseResponseRate: 0.3, error5xxAfterCommitRate: 0.2 } })
    const first = await outcomes(30)
    expect(await liveContacts()).toBe(30)
    await crm.call('PUT', '/_faults', { json: { seed: 7, loseResponseRate: 0.3, error5xxAfterCommitRate: 0.2 } })
    expect(await outcomes(30)).toEqual(first)
    expect(new Set(first)).toEqual(new Set([201, 502, 'broken']))
    await crm.call('PUT', '/_faults', { json: { seed: 8, loseResponseRate: 0.3, error5xxAfterCommitRate: 0.2 } })
    expect(await outcomes(30)).not.toEqual(first)
  })

  test('that refuse do so before anything is written', async () => {
    crm = await startTestCrm({ faults: { rejectEvery: 3 } })
    expect(await outcomes(6)).toEqual([201, 201, 422, 201, 201, 422])
    expect(await liveContacts()).toBe(4)
    await crm.call('PUT', '/_faults', { json: { unavailableEvery: 2, throttleEvery: 3 } })
    expect(await outcomes(6)).toEqual([201, 503, 429, 503, 201, 503])
    expect(await liveContacts()).toBe(6)
  })

  test('that cut answers leave half a body', async () => {
    crm = await startTestCrm({ faults: { cutBodyRate: 1 } })
    expect(await outcomes(2)).toEqual(['broken', 'broken'])
    expect(await liveContacts()).toBe(2)
  })

  test('that delay commits finish the work after the caller has given up', async () => {
    crm = await startTestCrm({ faults: { commitDelayMs: 300 } })
    const { baseUrl, token } = crm.service()
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const signal = AbortSignal.timeout(50)
    await expect(
      fetch(`${baseUrl}/contacts`, { method: 'POST', body: '{"last_name":"late"}', headers, signal }),
    ).rejects.toThrow()
    expect(await liveContacts()).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await liveContacts()).toBe(1)
  })

  test('with settings nobody knows are refused', async () => {
    crm = await startTestCrm({ faults: {} })
    expect((await crm.call('PUT', '/_faults', { json: { loseResponseRate: 2 } })).status).toBe(422)
    expect((await crm.call('PUT', '/_faults', { json: { earthquake: true } })).status).toBe(422)
  })
})
