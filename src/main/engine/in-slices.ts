/**
 * Works through many items in short slices: in between, answers that have come in are taken and the next requests go
 * out. A page worked on in one go would keep every connection waiting for it.
 */
import { setImmediate as letOthersGo } from 'node:timers/promises'

/** About a millisecond of planning. */
const sliceSize = 20

/** `together` wraps the work of one slice: a store reads what it asks for in one go. */
export async function inSlices<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => void,
  together: (slice: () => void) => void = (slice) => slice(),
): Promise<void> {
  for (let start = 0; start < items.length; start += sliceSize) {
    if (start > 0) await letOthersGo()
    together(() => {
      const end = Math.min(start + sliceSize, items.length)
      // The index is below the length.
      for (let index = start; index < end; index += 1) work(items[index] as Item, index)
    })
  }
}

/** The items in groups of at most `size`, at least one group. */
export function groupsOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const groups: Item[][] = []
  for (let start = 0; start < items.length; start += size) groups.push(items.slice(start, start + size))
  return groups.length > 0 ? groups : [[]]
}
