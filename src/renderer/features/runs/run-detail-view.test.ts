import { describe, expect, it } from 'vitest'
import type { RunAnswer } from '#renderer/ui/run-view.ts'
import { noOutcomes, runStates } from '#shared/model/run.ts'
import { bottleneck, outcomeOf, outcomeTiles, prunedWords, runActions, timeBars } from './run-detail-view.ts'

function aRun(parts: Partial<RunAnswer>): RunAnswer {
  return {
    id: 'r',
    integrationId: 'i',
    integrationVersion: 1,
    planId: null,
    undoes: null,
    state: 'finished',
    startedAt: '2026-03-01T09:00:00.000Z',
    endedAt: null,
    readCount: 0,
    counts: noOutcomes,
    resumeCount: 0,
    notes: [],
    timings: null,
    error: null,
    ...parts,
  }
}

describe('a run on its screen', () => {
  it('offers what its state allows', () => {
    expect(runStates.map((state) => runActions(aRun({ state })))).toEqual([
      ['pause', 'cancel'],
      ['goOn', 'cancel'],
      ['goOn', 'cancel'],
      ['again'],
      ['again'],
      ['again'],
    ])
  })

  it('hides deleted and skipped until there are some', () => {
    expect(outcomeTiles(aRun({})).map((tile) => tile.key)).toEqual([
      'created',
      'updated',
      'unchanged',
      'held',
      'failed',
    ])
    expect(outcomeTiles(aRun({ counts: { ...noOutcomes, skipped: 1 } })).map((tile) => tile.key)).toContain('skipped')
  })

  it('says when its records were removed, and after how many days', () => {
    const pruned = { endedAt: '2026-03-01T10:00:00.000Z', historyPrunedAt: '2027-03-02T10:00:00.000Z' }
    expect(prunedWords(aRun(pruned))).toContain('after 366 days')
    expect(prunedWords(aRun({ ...pruned, endedAt: null }))).toContain('after 366 days')
    expect(prunedWords(aRun({}))).toBeNull()
  })

  it('takes only outcomes as filters', () => expect([outcomeOf('held'), outcomeOf('x')]).toEqual(['held', null]))

  it('draws times against the longest, even when nothing took any', () => {
    const none = { readingMs: 0, mappingMs: 0, waitingMs: 0, writingMs: 0, storingMs: 0 }
    expect(timeBars(none).map((bar) => bar.percent)).toEqual([0, 0, 0, 0, 0])
    expect(timeBars({ ...none, readingMs: 500, writingMs: 1_000 }).map((bar) => bar.percent)).toEqual([
      50, 0, 0, 100, 0,
    ])
  })
  it('names what held the run up, where one thing stands out', () => {
    const none = { readingMs: 0, mappingMs: 0, waitingMs: 0, writingMs: 0, storingMs: 0 }
    expect(bottleneck({ ...none, waitingMs: 90_000, writingMs: 9_000 })).toMatch(/^Most of it went into waiting/)
    expect([
      bottleneck({ ...none, readingMs: 5_000, writingMs: 4_800 }),
      bottleneck({ ...none, writingMs: 900 }),
      bottleneck(none),
    ]).toEqual([null, null, null])
  })
})
