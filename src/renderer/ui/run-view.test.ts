import { describe, expect, it } from 'vitest'
import { noOutcomes } from '#shared/model/run.ts'
import { progressSentence, type RunAnswer, runMark, runSentence } from './run-view.ts'

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

describe('a run in words', () => {
  it('says that a second run had nothing to do', () => {
    expect(runSentence(aRun({ counts: { ...noOutcomes, unchanged: 412 } }))).toBe(
      'Nothing had to be written. 412 were already right.',
    )
  })

  it('names one update in the singular', () => {
    expect(runSentence(aRun({ counts: { ...noOutcomes, updated: 1, unchanged: 1 } }))).toBe(
      'Updated 1 record. 1 was already right.',
    )
  })

  it('names everything that was written', () => {
    expect(runSentence(aRun({ counts: { ...noOutcomes, created: 2, updated: 3, deleted: 1 } }))).toBe(
      'Created 2, updated 3 and deleted 1 records.',
    )
  })

  it('is not all right while records wait for a person', () => {
    const run = aRun({ counts: { ...noOutcomes, held: 1, failed: 3 } })
    expect(runMark(run)).toEqual({ tone: 'warn', word: 'Finished, 4 need you' })
  })

  it('tells how far a running one is', () => {
    expect(progressSentence(aRun({ state: 'running' }))).toBe('It has just begun to read.')
    expect(progressSentence(aRun({ state: 'running', readCount: 1, counts: { ...noOutcomes, created: 1 } }))).toBe(
      '1 record read so far. Created 1 record.',
    )
  })
})
