import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppEvent, EventMessage } from '#shared/contract/events.ts'
import { gatherStale, isStale, type Stale, staleAfter } from './session-events.ts'

const runChanged = (runId: string): AppEvent => ({ name: 'run.changed', payload: { runId, integrationId: 'i' } })
const message = (event: AppEvent): EventMessage => ({ kind: 'event', boot: 'b', seq: 1, event })
const isAnyStale = (key: readonly unknown[], event: AppEvent): boolean =>
  staleAfter(event).some((stale) => isStale(key, stale))

describe('staleAfter', () => {
  it('asks again for the run that changed and not for another one', () => {
    expect(isAnyStale(['runs.records', { runId: 'r1', afterSeq: 50 }], runChanged('r1'))).toBe(true)
    expect(isAnyStale(['runs.records', { runId: 'r2', afterSeq: 50 }], runChanged('r1'))).toBe(false)
  })

  it('asks again for lists that show the run', () => {
    expect(isAnyStale(['runs.list', { limit: 5 }], runChanged('r1'))).toBe(true)
    expect(isAnyStale(['connections.list', {}], runChanged('r1'))).toBe(false)
  })
})

describe('gatherStale', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('makes one round of asking out of a thousand events', () => {
    const rounds: (readonly Stale[] | 'everything')[] = []
    const gatherer = gatherStale((stale) => rounds.push(stale), 400)
    for (let index = 0; index < 1_000; index += 1) gatherer.add(message(runChanged('r1')))
    vi.advanceTimersByTime(400)
    expect(rounds).toEqual([staleAfter(runChanged('r1'))])
  })

  it('asks for everything after missed events, and starts anew afterwards', () => {
    const rounds: (readonly Stale[] | 'everything')[] = []
    const gatherer = gatherStale((stale) => rounds.push(stale), 400)
    gatherer.add({ kind: 'resync', boot: 'b', seq: 0 })
    vi.advanceTimersByTime(400)
    gatherer.add(message({ name: 'vault.changed', payload: {} }))
    vi.advanceTimersByTime(400)
    expect(rounds).toEqual(['everything', staleAfter({ name: 'vault.changed', payload: {} })])
  })

  it('reports nothing after it was stopped', () => {
    const report = vi.fn()
    const gatherer = gatherStale(report, 400)
    gatherer.add(message(runChanged('r1')))
    gatherer.stop()
    vi.advanceTimersByTime(1_000)
    expect(report).not.toHaveBeenCalled()
  })
})
