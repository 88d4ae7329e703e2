/** Looks at the deletions of an approved plan just before they are carried out: what is there again is not deleted. */
import type { FrozenItem } from '../ports/sync-store.ts'
import { readCurrent } from '../read-current.ts'
import type { RunningParts } from '../running-parts.ts'
import { foundAgain } from './gone-reasons.ts'

export async function checkGone(items: readonly FrozenItem[], parts: RunningParts): Promise<readonly FrozenItem[]> {
  const ids = items.flatMap(({ deletion, source }) => (deletion ? [source.externalId] : []))
  if (ids.length === 0) return items
  const found = await readCurrent(parts.job.source, ids, parts.control.signal)
  return items.map((item) => (item.deletion && found.has(item.source.externalId) ? heldAgain(item) : item))
}

function heldAgain({ deletion: _deletion, ...item }: FrozenItem): FrozenItem {
  return { ...item, action: 'hold', operation: null, reason: foundAgain }
}
