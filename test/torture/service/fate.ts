/** What becomes of one write at the torture service: when it is committed and what its sender hears of it. */
import type { Random } from '../random.ts'

/**
 * `given`: the answer comes. `lost`: the connection ends after the commit. `failed`: 503 after the commit.
 * `early`: 504 before the commit, which takes place all the same. `dropped`: 503, and nothing is committed.
 */
type Heard = 'given' | 'lost' | 'failed' | 'early' | 'dropped'

export interface Fate {
  readonly commitDelayMs: number
  readonly answerDelayMs: number
  readonly heard: Heard
  /** Whether a write is committed whose sender is gone by then. */
  readonly outlivesSender: boolean
}

/** Shares of 1. */
export interface Temper {
  readonly slowCommits: number
  readonly slowAnswers: number
  readonly lost: number
  readonly failed: number
  readonly early: number
  readonly dropped: number
  readonly outlivesSender: number
}

export const usualTemper: Temper = {
  slowCommits: 0.2,
  slowAnswers: 0.1,
  lost: 0.03,
  failed: 0.03,
  early: 0.02,
  dropped: 0.02,
  outlivesSender: 0.8,
}

/** No write takes longer than this from its arrival to its commit; what would is given up. */
export const longestCommitMs = 1_500

export function fateOf(temper: Temper, random: Random): Fate {
  return {
    commitDelayMs: random.isChosen(temper.slowCommits) ? random.between(0, longestCommitMs) : 0,
    answerDelayMs: random.isChosen(temper.slowAnswers) ? random.between(0, 300) : 0,
    heard: heardOf(temper, random.next()),
    outlivesSender: random.isChosen(temper.outlivesSender),
  }
}

function heardOf(temper: Temper, drawn: number): Heard {
  let bound = 0
  for (const heard of ['lost', 'failed', 'early', 'dropped'] as const) {
    bound += temper[heard]
    if (drawn < bound) return heard
  }
  return 'given'
}
