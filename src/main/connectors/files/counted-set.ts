/** Counts how often a hash has come, in about ten bytes per entry: for telling duplicates in files of millions of rows. */

const firstSlots = 1 << 12
const fullestShare = 0.8
/** Marks a free slot; a hash that is zero is kept as one. */
const free = 0n

export interface CountedSet {
  /** Counts this 64-bit hash (16 hexadecimal digits) and answers how often it has come, 1 for the first time. */
  readonly add: (hash: string) => number
}

export function createCountedSet(): CountedSet {
  let keys = new BigUint64Array(firstSlots)
  let size = 0
  /** Only hashes that came more than once have a number of their own. */
  const repeats = new Map<bigint, number>()

  const slotOf = (key: bigint): number => {
    let slot = Number(key & BigInt(keys.length - 1))
    while (keys[slot] !== free && keys[slot] !== key) slot = (slot + 1) & (keys.length - 1)
    return slot
  }
  const grow = (): void => {
    const old = keys
    keys = new BigUint64Array(old.length * 2)
    for (const key of old) if (key !== free) keys[slotOf(key)] = key
  }
  const repeat = (key: bigint): number => {
    const count = (repeats.get(key) ?? 1) + 1
    repeats.set(key, count)
    return count
  }
  const add = (hash: string): number => {
    const key = BigInt(`0x${hash}`) || 1n
    const slot = slotOf(key)
    if (keys[slot] === key) return repeat(key)
    keys[slot] = key
    size += 1
    if (size > keys.length * fullestShare) grow()
    return 1
  }
  return { add }
}
