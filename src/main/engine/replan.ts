/**
 * Plans records anew whose write was withdrawn because the destination had changed meanwhile: the destination is
 * read again first, so that the new decision is made against what it holds now.
 */
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { PageToApply } from './apply/executor.ts'
import { type PagePlan, planPage } from './plan-page.ts'
import type { FrozenItem, Intent } from './ports/sync-store.ts'
import type { RunningParts } from './running-parts.ts'
import { pick } from './source-side.ts'

/** `isGivenUp`: the records kept changing; they are held instead of planned once more. */
export async function replan(
  intents: readonly Intent[],
  parts: RunningParts,
  isGivenUp: boolean,
): Promise<PageToApply> {
  const progress = parts.tally.progress()
  const base = {
    position: progress.position,
    readCount: 0,
    unchangedCount: 0,
    filteredCount: 0,
    settled: [],
    skipped: [],
  }
  if (isGivenUp) return { ...base, items: intents.map((intent) => heldItem(intent, keepsChanging)) }
  const gone = await renewDestinations(intents, parts)
  const open = intents.filter((intent) => !gone.includes(intent))
  const plan: PagePlan = await planPage(open.map(sourceOf), parts.context, parts.control.signal)
  return { ...base, ...plan, items: [...plan.items, ...gone.map((intent) => heldItem(intent, destinationGone))] }
}

function sourceOf(intent: Intent): RemoteRecord {
  const { externalId, base, version } = intent.facts.source
  return { externalId, values: base, ...(version === null ? {} : { version }) }
}

/** Reads the destination's side again; answers the intents whose record is gone there. */
async function renewDestinations(intents: readonly Intent[], parts: RunningParts): Promise<readonly Intent[]> {
  const gone: Intent[] = []
  for (const intent of intents) {
    if (intent.destinationId === null) await rememberFound(intent, parts)
    else if (!(await renewDestination(intent.destinationId, parts))) gone.push(intent)
  }
  return gone
}

/** Answers whether the record still exists. */
async function renewDestination(externalId: string, parts: RunningParts): Promise<boolean> {
  const { destination, store, plan } = parts.job
  if (!destination.get) return true
  const record = await destination.get(externalId, parts.control.signal)
  if (!record) return false
  const base = pick(record.values, plan.mapping.targetFields)
  store.journal.renewDestination(plan.route, { externalId, base, version: record.version ?? null })
  return true
}

/** A create whose record turned up with other values: the matcher must see it, or it would be created twice. */
async function rememberFound(intent: Intent, parts: RunningParts): Promise<void> {
  const { destination, plan } = parts.job
  const { findBy } = intent.facts
  if (!findBy || !destination.find) return
  for (const record of await destination.find(findBy.field, [findBy.value], parts.control.signal)) {
    const found = { externalId: record.externalId, values: record.values, version: record.version ?? null }
    plan.scratch.put(findBy.field, findBy.value, found)
  }
}

const keepsChanging: RecordReason = {
  code: 'keeps-changing',
  message: 'The record at the destination kept changing while it was to be written.',
  next: 'Run again when nobody is editing it.',
}

const destinationGone: RecordReason = {
  code: 'destination-gone',
  message: 'The linked record no longer exists at the destination.',
  next: 'Decide whether it is to be created again.',
}

function heldItem(intent: Intent, reason: RecordReason): FrozenItem {
  return {
    action: 'hold',
    label: intent.facts.label,
    source: intent.facts.source,
    agreedHash: null,
    destinationId: intent.destinationId,
    operation: null,
    values: {},
    before: null,
    after: intent.facts.after,
    nextBase: {},
    version: null,
    reason,
  }
}
