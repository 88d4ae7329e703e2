/** The engine against the real books and the real list on a bad day: what their write classes are worth. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { launchPracticeBooks } from '#main/practice/books/launch.ts'
import type { PracticeLaunchSettings } from '#main/practice/kit/launch-practice.ts'
import type { LaunchedService } from '#main/practice/kit/launch-service.ts'
import { launchPracticeList } from '#main/practice/list/launch.ts'
import { noOutcomes } from '#shared/model/run.ts'
import { type CoreBench, coreBench } from '#test/support/core-bench.ts'
import { type SilenceProxy, silenceProxy } from '#test/support/services/silence-proxy.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

/** Every fourth write is done, and its answer never arrives as it should. */
const badDay = { seed: 5, loseResponseRate: 0.15, error5xxAfterCommitRate: 0.05, cutBodyRate: 0.05 }

const count = 80
const row = (n: number): string => `${n},"Café ""Zur Sonne"", No. ${n}",guest${n}@example.com,Köln\n`

interface Route {
  readonly launch: (settings: PracticeLaunchSettings) => Promise<LaunchedService>
  readonly connector: 'practice-books' | 'practice-list'
  readonly object: string
  readonly match: string
  readonly mapping: readonly object[]
}

const intoBooks: Route = {
  launch: launchPracticeBooks,
  connector: 'practice-books',
  object: 'customer',
  match: 'name',
  mapping: [
    { to: 'name', from: 'Name' },
    { to: 'email', from: 'E-mail' },
    { to: 'city', from: 'City' },
  ],
}
const intoList: Route = {
  launch: launchPracticeList,
  connector: 'practice-list',
  object: 'subscriber',
  match: 'email',
  mapping: [
    { to: 'email', from: 'E-mail' },
    { to: 'company', from: 'Name' },
  ],
}

interface Stage {
  readonly bench: CoreBench
  readonly service: LaunchedService
  readonly ask: (path: string, method?: string, body?: object) => Promise<StatsLike>
}

/** What the harness of a service answers, as far as it is looked at here. */
interface StatsLike {
  readonly lostResponses: number
  readonly objects: Readonly<Record<string, { readonly writes: Readonly<Record<string, number>> }>>
}

async function stage(route: Route, between = async (baseUrl: string): Promise<string> => baseUrl): Promise<Stage> {
  const bench = await coreBench()
  const folder = tempFolder()
  const service = await route.launch({ dataFolder: join(folder, 'service'), requestsPerSecond: 0, faults: badDay })
  onTestFinished(() => service.kill())
  const path = join(folder, 'guests.csv')
  writeFileSync(path, `No,Name,E-mail,City\n${Array.from({ length: count }, (_, n) => row(n)).join('')}`)
  const file = { path, object: 'guests', idColumns: ['No'] }
  const text = JSON.stringify({
    patchbay: 1,
    connections: [
      { id: 'guests', name: 'Guests', connector: 'files', environment: 'practice', settings: file },
      {
        id: 'there',
        name: 'There',
        connector: route.connector,
        environment: 'practice',
        settings: { baseUrl: await between(service.baseUrl) },
      },
    ],
    integrations: [
      {
        id: 'guests-there',
        name: 'Guests there',
        source: { connection: 'guests', object: 'guests' },
        destination: { connection: 'there', object: route.object },
        match: [route.match],
        mapping: route.mapping,
      },
    ],
  })
  await bench.call('definitions.import', { text, fileName: 'guests.yaml' })
  await bench.call('connections.set-secret', { connectionId: 'there', field: 'token', value: service.token })
  const ask: Stage['ask'] = async (below, method = 'GET', body) => {
    const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' }
    const answer = await fetch(service.baseUrl + below, { method, headers, body: body ? JSON.stringify(body) : null })
    return (await answer.json()) as StatsLike
  }
  return { bench, service, ask }
}

describe('a run on a bad day', () => {
  it('into the books books every create as what it is: found by its name, nothing held, nobody twice', async () => {
    const { bench, ask } = await stage(intoBooks)
    const run = await bench.approve((await bench.plan('guests-there')).id)
    expect([run.state, run.counts]).toEqual(['finished', { ...noOutcomes, created: count }])
    const { lostResponses, objects } = await ask('/_stats')
    expect(lostResponses).toBeGreaterThan(3)
    expect(objects.customer).toMatchObject({ active: count, shared_keys: 0, writes: { create: count } })
    await ask('/_faults', 'PUT', {})
    expect((await bench.run('guests-there')).counts).toEqual({ ...noOutcomes, unchanged: count })
  }, 60_000)

  it('into the list sends the same upserts again, and makes nobody twice', async () => {
    const { bench, ask } = await stage(intoList)
    await ask('/_faults', 'PUT', { ...badDay, loseResponseRate: 0.6 })
    const run = await bench.approve((await bench.plan('guests-there')).id)
    expect([run.state, run.counts]).toEqual(['finished', { ...noOutcomes, created: count }])
    const { lostResponses, objects } = await ask('/_stats')
    expect(lostResponses).toBeGreaterThan(0)
    expect(objects.subscriber).toMatchObject({ subscribed: count, writes: { create: count } })
    expect(objects.subscriber?.writes.unchanged).toBeGreaterThan(0)
    await ask('/_faults', 'PUT', {})
    expect((await bench.run('guests-there')).counts).toEqual({ ...noOutcomes, unchanged: count })
  }, 60_000)
})

describe('a service that asks for silence', () => {
  it('hears nothing until its time is over, while the run says what it waits for', async () => {
    const proxies: SilenceProxy[] = []
    const { bench, ask } = await stage(intoBooks, async (baseUrl) => {
      const proxy = await silenceProxy(baseUrl)
      proxies.push(proxy)
      return proxy.baseUrl
    })
    await ask('/_faults', 'PUT', { throttleEvery: 25 })
    const { runId } = await bench.call('plans.approve', { planId: (await bench.plan('guests-there')).id })
    const told = new Set<string>()
    for (;;) {
      const run = await bench.call('runs.get', { runId })
      for (const { connection, reason } of run.waits) told.add(`${connection} ${reason}`)
      if (run.state !== 'running') {
        expect([run.state, run.counts, run.waits]).toEqual(['finished', { ...noOutcomes, created: count }, []])
        break
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect([...told]).toEqual(['there rate-limited'])
    const counts = proxies[0]?.counts()
    expect(counts).toMatchObject({ within: 0 })
    expect(counts?.silences).toBeGreaterThanOrEqual(3)
  }, 60_000)

  it('would be found out to hear something (twin): who asks on regardless is counted', async () => {
    const proxies: SilenceProxy[] = []
    const { ask, service } = await stage(intoBooks, async (baseUrl) => {
      const proxy = await silenceProxy(baseUrl)
      proxies.push(proxy)
      return proxy.baseUrl
    })
    await ask('/_faults', 'PUT', { throttleEvery: 2 })
    const headers = { authorization: `Bearer ${service.token}` }
    for (let index = 0; index < 4; index += 1) {
      await fetch(`${proxies[0]?.baseUrl}/customers`, { headers })
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect(proxies[0]?.counts().within).toBeGreaterThan(0)
  }, 30_000)
})
