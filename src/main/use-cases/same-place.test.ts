import { describe, expect, it, onTestFinished } from 'vitest'
import { coreBench } from '#test/support/core-bench.ts'
import { loopbackDefinitions } from '#test/support/loopback-definitions.ts'
import { startService } from '#test/support/services/start-service.ts'

const count = 300

async function post(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Two integrations that bring the same customers into the same contacts, approved while there was no customer yet. */
async function twoIntoOne() {
  const service = await startService('loopback', { customers: 0, mode: 'keys', maxLifeMs: 60_000 })
  onTestFinished(service.stop)
  const bench = await coreBench()
  const file = JSON.parse(loopbackDefinitions({ url: service.url, pageSize: 100 })) as {
    integrations: { id: string; name: string }[]
  }
  const [first] = file.integrations
  file.integrations.push({ ...first, id: 'second', name: 'second' })
  await bench.call('definitions.import', { text: JSON.stringify(file), fileName: 'two.json' })
  for (const id of ['to-contacts', 'second']) await bench.approve((await bench.plan(id)).id)
  await post(`${service.url}/reset`, { customers: count, mode: 'keys', delayMs: 5 })
  const stats = async (): Promise<Record<string, number>> =>
    (await (await fetch(`${service.url}/stats`)).json()) as Record<string, number>
  return { bench, stats }
}

describe('two integrations that write to the same place', () => {
  it('write one after the other, so that neither makes what the other is just making', async () => {
    const { bench, stats } = await twoIntoOne()
    const runs = await Promise.all(['to-contacts', 'second'].map(bench.run))
    const { contacts, duplicates } = await stats()
    expect([runs.map(({ state }) => state), contacts, duplicates]).toEqual([['finished', 'finished'], count, 0])
    expect(runs.map(({ counts }) => counts.created).toSorted((a, b) => a - b)).toEqual([0, count])
  })

  it('tell what they wait for, and can be cancelled while they wait', async () => {
    const { bench, stats } = await twoIntoOne()
    const { runId: firstId } = await bench.call('runs.start', { integrationId: 'to-contacts' })
    const { runId } = await bench.call('runs.start', { integrationId: 'second' })
    expect((await bench.call('runs.get', { runId })).waitsFor).toBe('to-contacts')
    await bench.call('runs.cancel', { runId })
    while ((await bench.call('runs.get', { runId })).state === 'running')
      await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await bench.call('runs.get', { runId })).state).toBe('cancelled')
    while ((await bench.call('runs.get', { runId: firstId })).state === 'running')
      await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await stats()).contacts).toBe(count)
  })
})
