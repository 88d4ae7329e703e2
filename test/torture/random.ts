/** Randomness that a seed repeats (mulberry32): the same seed gives the same kills, changes and faults. */
export interface Random {
  /** 0 to 1, without 1. */
  readonly next: () => number
  readonly between: (from: number, to: number) => number
  readonly below: (count: number) => number
  readonly isChosen: (share: number) => boolean
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    below: (count) => Math.floor(next() * count),
    isChosen: (share) => next() < share,
  }
}
