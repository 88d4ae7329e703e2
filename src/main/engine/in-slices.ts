/**
 * Works through many items in short slices: in between, answers that have come in are taken and the next requests go
 * out. A page worked on in one go would keep every connection waiting for it.
 */
import { setImmediate as letOthersGo } from 'node:timers/promises'

/** About a millisecond of planning. */
const sliceSize = 20

export async function inSlices<Item>(items: readonly Item[], work: (item: Item, index: number) => void): Promise<void> {
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % sliceSize === 0) await letOthersGo()
    work(item, index)
  }
}

/** The items in groups of at most `size`, at least one group. */
export function groupsOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const groups: Item[][] = []
  for (let start = 0; start < items.length; start += size) groups.push(items.slice(start, start + size))
  return groups.length > 0 ? groups : [[]]
}
