import { expect, it } from 'vitest'
import { noOutcomes, type Outcome, type RunState } from '#shared/model/run.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { openStore } from './open-store.ts'

const timings = { readingMs: 0, mappingMs: 0, waitingMs: 0, writingMs: 0, storingMs: 0 }

interface RunFacts {
  readonly id: string
  readonly integrationId?: string
  readonly startedAt: string
  readonly state: RunState
  readonly counts?: Partial<Record<Outcome, number>>
}

function storeWith(runs: readonly RunFacts[]) {
  const store = openStore({ folder: tempFolder(), nowMs: () => 0 })
  const [sourceStream, destinationStream] = [store.streams.idOf('a', 'x'), store.streams.idOf('b', 'y')]
  for (const { id, integrationId = 'one', startedAt, state, counts } of runs) {
    const route = { integrationId, integrationVersion: 1, sourceStream, destinationStream }
    store.runs.begin(route, { id, planId: null, startedAt })
    const progress = { position: { kind: 'start' as const }, readCount: 0, serverTime: null }
    store.journal.recordPage(route, id, {
      agreements: [],
      intents: [],
      records: [],
      failed: [],
      progress: { ...progress, counts: { ...noOutcomes, ...counts } },
    })
    if (state !== 'running')
      store.runs.finish(route, id, { state, endedAt: startedAt, timings, error: null, notes: [] })
  }
  return store.runs
}

const at = (minute: number): string => `2026-03-01T10:${String(minute).padStart(2, '0')}:00.000Z`

it('runs are listed newest first, page by page, also where several began at the same moment', () => {
  const runs = storeWith(
    ['a', 'b', 'c', 'd', 'e'].map((id, n) => ({ id, startedAt: at(n < 2 ? 1 : 2), state: 'finished' })),
  )
  const seen: string[] = []
  let before: { startedAt: string; id: string } | undefined
  for (let page = runs.list({ limit: 2 }); page.length > 0; ) {
    seen.push(...page.map(({ id }) => id))
    before = page.at(-1)
    page = before ? runs.list({ limit: 2, before: { startedAt: before.startedAt, id: before.id } }) : []
  }
  expect(seen).toEqual(['e', 'd', 'c', 'b', 'a'])
})

it('runs are chosen by integration, by whether they are open, wait for a person, or changed anything', () => {
  const runs = storeWith([
    { id: 'quiet', startedAt: at(1), state: 'finished', counts: { unchanged: 40 } },
    { id: 'wrote', startedAt: at(2), state: 'finished', counts: { updated: 1 } },
    { id: 'held', startedAt: at(3), state: 'finished', counts: { held: 2 } },
    { id: 'broke', startedAt: at(4), state: 'failed' },
    { id: 'stopped', startedAt: at(5), state: 'interrupted', counts: { created: 3 } },
    { id: 'now', startedAt: at(6), state: 'running' },
    { id: 'other', integrationId: 'two', startedAt: at(7), state: 'paused' },
  ])
  const idsOf = (query: Omit<Parameters<typeof runs.list>[0], 'limit'>): string =>
    runs
      .list({ ...query, limit: 10 })
      .map(({ id }) => id)
      .join(' ')
  expect([
    idsOf({ selection: 'open' }),
    idsOf({ selection: 'needs-person' }),
    idsOf({ selection: 'changed' }),
    idsOf({ integrationId: 'two' }),
    idsOf({ integrationId: 'one', selection: 'open' }),
  ]).toEqual(['other now stopped', 'stopped broke held', 'stopped wrote', 'other', 'now stopped'])
})
