import { describe, expect, it } from 'vitest'
import { openStore, type Store } from '#main/store/open-store.ts'
import { errorInfoOf } from '#shared/errors.ts'
import { noOutcomes, type OutcomeCounts, type RunState } from '#shared/model/run.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { refuseOpenWrites, undoableRun, undoInfoOf } from './undo-window.ts'

const ended = Date.UTC(2026, 0, 1, 12)
const dayMs = 86_400_000

const definition = (destination: string): string =>
  JSON.stringify({
    id: 'customers',
    name: 'Customers',
    source: { connection: 'list', object: 'rows' },
    destination: { connection: destination, object: 'contact' },
    match: [],
    mapping: [{ to: 'email', from: 'Email' }],
  })

function withRun(counts: Partial<OutcomeCounts>, state: RunState = 'finished'): Store {
  const store = openStore({ folder: tempFolder(), nowMs: () => ended })
  const saved = { kind: 'integration', id: 'customers', savedAt: '2026-01-01', savedBy: 'test' } as const
  store.definitions.save({ ...saved, body: definition('crm') })
  const route = {
    integrationId: 'customers',
    integrationVersion: 1,
    sourceStream: store.streams.idOf('list', 'rows'),
    destinationStream: store.streams.idOf('crm', 'contact'),
  }
  store.runs.begin(route, { id: 'run', planId: null, startedAt: new Date(ended - 60_000).toISOString() })
  const progress = {
    position: { kind: 'end' as const },
    readCount: 1,
    counts: { ...noOutcomes, ...counts },
    serverTime: null,
  }
  store.journal.recordPage(route, 'run', { intents: [], agreements: [], records: [], failed: [], progress })
  if (state === 'running') return store
  const timings = { readingMs: 0, mappingMs: 0, waitingMs: 0, writingMs: 0, storingMs: 0 }
  store.runs.finish(route, 'run', { state, endedAt: new Date(ended).toISOString(), timings, error: null, notes: [] })
  return store
}

function refusalOf(store: Store, nowMs: number, runId = 'run'): string {
  try {
    return undoableRun(runId, store, nowMs).id
  } catch (thrown) {
    return errorInfoOf(thrown).code
  }
}

describe('a run can be undone', () => {
  it('for ninety days, and says until when', () => {
    const store = withRun({ created: 1 })
    const run = undoableRun('run', store, ended + 90 * dayMs - 1)
    expect(undoInfoOf(run, store, ended)).toEqual({ state: 'possible', until: '2026-04-01T12:00:00.000Z', by: null })
    expect(undoInfoOf(run, store, ended + 90 * dayMs).state).toBe('over')
    expect(refusalOf(store, ended + 90 * dayMs)).toBe('undo-over')
  })

  it('for as many days as the settings say', () => {
    const store = withRun({ created: 1 })
    store.settings.saveHistory({ ...store.settings.history(), undoDays: 7 })
    expect(refusalOf(store, ended + 7 * dayMs - 1)).toBe('run')
    expect(refusalOf(store, ended + 7 * dayMs)).toBe('undo-over')
  })

  it('no more once its records were removed, also where the settings allow it later', () => {
    const store = withRun({ created: 1 })
    const removedAt = new Date(ended + 10 * dayMs).toISOString()
    store.retention.prune({ kind: 'run', key: 1, until: '' }, 10, removedAt)
    store.settings.saveHistory({ ...store.settings.history(), undoDays: 365 })
    expect(refusalOf(store, ended + 11 * dayMs)).toBe('undo-over')
    const run = store.runs.get('run')
    expect(run && undoInfoOf(run, store, ended + 11 * dayMs)).toMatchObject({ state: 'over', until: removedAt })
  })

  it('once it has ended, however it ended', () => {
    expect(refusalOf(withRun({ updated: 1 }, 'running'), ended)).toBe('undo-not-ended')
    expect(refusalOf(withRun({ updated: 1 }, 'interrupted'), ended)).toBe('undo-not-ended')
    expect(refusalOf(withRun({ updated: 1 }, 'cancelled'), ended)).toBe('run')
    expect(refusalOf(withRun({ updated: 1 }, 'failed'), ended)).toBe('run')
  })

  it('where it wrote anything', () => {
    expect(refusalOf(withRun({ unchanged: 9, held: 2 }), ended)).toBe('undo-nothing')
    expect(refusalOf(withRun({ deleted: 1 }), ended)).toBe('run')
    expect(refusalOf(withRun({ deleted: 1 }), ended, 'other')).toBe('unknown-run')
  })

  it('while the integration connects the same places', () => {
    const store = withRun({ created: 1 })
    const saved = { kind: 'integration', id: 'customers', savedAt: '2026-01-02', savedBy: 'test' } as const
    store.definitions.save({ ...saved, body: definition('books') })
    expect(refusalOf(store, ended)).toBe('undo-other-place')
    store.definitions.save({ ...saved, body: definition('crm') })
    expect(refusalOf(store, ended)).toBe('run')
  })

  it('when no write is on its way any more', () => {
    const { journal } = withRun({ created: 1 })
    const openIntents = () => [{ id: 1 }] as unknown as ReturnType<typeof journal.openIntents>
    const refuse = (open: typeof journal.openIntents) => () =>
      refuseOpenWrites({ integrationId: 'customers' }, { journal: { ...journal, openIntents: open } })
    expect(refuse(journal.openIntents)).not.toThrow()
    expect(refuse(openIntents)).toThrow(/on their way/)
  })
})
