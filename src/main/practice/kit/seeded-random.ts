/** Randomness that repeats: the same seed gives the same faults and the same sample business on every machine. */

export interface SeededRandom {
  /** A number in [0, 1). */
  readonly next: () => number
  /** A whole number from `from` to `to`, both included. */
  readonly integer: (from: number, to: number) => number
  readonly chance: (rate: number) => boolean
  /** One item of a list that has at least one. */
  readonly pick: <Item>(list: readonly [Item, ...Item[]]) => Item
  /** A new list with the same items in another order. */
  readonly shuffle: <Item>(list: readonly Item[]) => Item[]
}

/** Makes a generator (mulberry32: 32 bits of state, good enough for test data, never for secrets). */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    integer,
    chance: (rate) => next() < rate,
    pick: (list) => list[integer(0, list.length - 1)] ?? list[0],
    shuffle: (list) => {
      const keyed = list.map((item) => ({ item, key: next() }))
      return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item)
    },
  }
}
