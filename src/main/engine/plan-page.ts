/** Turns one page of source records into decisions. The same code makes the plan and feeds a running integration. */
import type { CompiledMapping, MappedRecord } from '#shared/mapping/evaluate-types.ts'
import type { ConnectedObject, RemoteRecord } from '#shared/model/connected.ts'
import type { DecisionKind } from '#shared/model/decision.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { corrected } from './corrected.ts'
import {
  ambiguous,
  type Decision,
  type DecisionInput,
  decideFailed,
  decideHeld,
  decideLinked,
  decideMatched,
  decideNew,
  duplicate,
  type ExistingPolicy,
} from './decide.ts'
import { cameBack } from './deletes/gone-reasons.ts'
import { isMarked } from './deletes/marks.ts'
import { inSlices } from './in-slices.ts'
import { mapRecords } from './map-records.ts'
import { filledKeys, type Matcher } from './match.ts'
import type { Answers } from './ports/surroundings.ts'
import type {
  Correction,
  FrozenItem,
  LinkState,
  LinkStore,
  Route,
  ScratchIndex,
  SourceSide,
} from './ports/sync-store.ts'
import { labelRecord } from './record-label.ts'
import { pick, sourceSide } from './source-side.ts'
import type { ConflictDecision } from './two-way/decided-units.ts'

/** Everything about an integration that planning needs, compiled once per run. */
export interface PlanContext {
  readonly route: Route
  readonly mapping: CompiledMapping
  readonly matchFields: readonly string[]
  readonly existing: ExistingPolicy
  /** Fields that mark the counterpart of a record that is gone. */
  readonly marks?: Values
  /** Source fields that mapping, filter and events read; in a fixed order. */
  readonly usedFields: readonly string[]
  readonly accepts: (values: Values, now: string) => boolean
  /** Values that leave it open whether a record that is not accepted takes part: it waits instead of being dropped. */
  readonly doubts: (values: Values, now: string) => readonly DataIssue[]
  readonly isEvent: (event: ChangeEvent) => boolean
  /** What a person decided about a record that is read on this route. */
  readonly decisionOf: (route: Route, externalId: string) => DecisionKind | undefined
  /** Two-way: which values count where both sides changed. */
  readonly conflictDecisionOf: (route: Route, externalId: string) => ConflictDecision | undefined
  readonly correctionsOf: (route: Route, externalId: string) => readonly Correction[]
  readonly destination: ConnectedObject
  readonly links: LinkStore & { readonly hasOpenIntent: (route: Route, sourceId: string) => boolean }
  readonly matcher: Matcher
  readonly scratch: ScratchIndex
  readonly answers: Answers
  readonly now: string
}

export type ChangeEvent =
  | { readonly kind: 'created' }
  | { readonly kind: 'updated'; readonly before: Values; readonly after: Values }

export interface PagePlan {
  readonly items: readonly FrozenItem[]
  /** Sources whose change means nothing at the destination: only the agreement is renewed. */
  readonly settled: readonly {
    readonly source: SourceSide
    readonly destinationId: string
    readonly nextBase: Values
    readonly version: string | null
  }[]
  readonly skipped: readonly { readonly source: SourceSide; readonly label: string; readonly reason: RecordReason }[]
  readonly unchangedCount: number
  readonly filteredCount: number
}

interface Candidate {
  readonly source: SourceSide
  readonly record: RemoteRecord
  readonly link: LinkState | undefined
}

export async function planPage(
  records: readonly RemoteRecord[],
  context: PlanContext,
  signal: AbortSignal,
): Promise<PagePlan> {
  const sorted = await sortRecords(records, context)
  const mapped = await mapRecords(
    sorted.candidates.map((candidate) => candidate.source.base),
    { ...context, signal },
  )
  await context.matcher.prepare(unlinkedValues(sorted.candidates, mapped), signal)
  const items: FrozenItem[] = [...sorted.failed]
  const settled: PagePlan['settled'][number][] = []
  const skipped: PagePlan['skipped'][number][] = []
  await inSlices(
    sorted.candidates,
    (candidate, index) => {
      const result = mapped[index]
      if (!result) return
      const label = labelOf(candidate.source, result.values, context)
      const decision = decide(candidate, result, label, context)
      if (decision.kind === 'item') items.push(decision.item)
      else if (decision.kind === 'settled') settled.push({ source: candidate.source, ...decision })
      else skipped.push({ source: candidate.source, label, reason: decision.reason })
    },
    context.links.together,
  )
  return { items, settled, skipped, unchangedCount: sorted.unchangedCount, filteredCount: sorted.filteredCount }
}

async function sortRecords(records: readonly RemoteRecord[], context: PlanContext) {
  const candidates: Candidate[] = []
  const failed: FrozenItem[] = []
  let unchangedCount = 0
  let filteredCount = 0
  const seen = new Set<string>()
  await inSlices(
    records,
    (read) => {
      // A list that shifts while it is read shows a record twice.
      if (seen.has(read.externalId)) return
      seen.add(read.externalId)
      const record = corrected(read, context.correctionsOf(context.route, read.externalId))
      const source = sourceSide(record, context.usedFields)
      const link = context.links.linkState(context.route, source.externalId)
      if (context.decisionOf(context.route, source.externalId) === 'skip') filteredCount += 1
      else if (isBack(source, link, context)) failed.push(heldItem(cameBack, source, context))
      else if (link && link.sourceHash === source.hash && link.agreedVersion === context.route.integrationVersion)
        unchangedCount += 1
      else if (record.issues && record.issues.length > 0)
        failed.push(decideFailed(source, source.externalId, record.issues))
      else if (context.accepts(source.base, context.now)) {
        if (takesPart(source, link, context)) candidates.push({ source, record, link })
        else filteredCount += 1
      } else {
        const doubts = context.doubts(source.base, context.now)
        if (doubts.length > 0) failed.push(decideFailed(source, source.externalId, doubts))
        else filteredCount += 1
      }
    },
    context.links.together,
  )
  return { candidates, failed, unchangedCount, filteredCount }
}

/** Deleted before, and there again: whether it is the same one is for a person to say. */
/** Deleted before, or its counterpart was marked, and there again: whether it is the same one is for a person to say. */
function isBack(source: SourceSide, link: LinkState | undefined, { links, route, marks }: PlanContext): boolean {
  // Whoever is linked and marks nothing was not deleted: no look at the tombstones for each unchanged record.
  if (link?.sourceHash && !marks) return false
  if (!links.isBuried(route.sourceStream, source.externalId)) return false
  if (!link?.sourceHash) return true
  const base = links.destinationState(route, link.cluster)?.base
  return base !== null && base !== undefined && isMarked(base, marks)
}

function heldItem(reason: RecordReason, source: SourceSide, context: PlanContext): FrozenItem {
  return { ...decideFailed(source, labelOf(source, {}, context), []), action: 'hold', after: source.base, reason }
}

function takesPart(source: SourceSide, link: LinkState | undefined, context: PlanContext): boolean {
  const before = link?.sourceHash ? context.links.sourceBase(context.route, source.externalId) : null
  return context.isEvent(before ? { kind: 'updated', before, after: source.base } : { kind: 'created' })
}

function unlinkedValues(candidates: readonly Candidate[], mapped: readonly MappedRecord[]): readonly Values[] {
  const values: Values[] = []
  for (const [index, candidate] of candidates.entries()) {
    const result = mapped[index]
    if (result && !candidate.link?.sourceHash && result.issues.length === 0) values.push(result.values)
  }
  return values
}

function decide(candidate: Candidate, mapped: MappedRecord, label: string, context: PlanContext): Decision {
  const { source, link } = candidate
  const input: DecisionInput = {
    source,
    label,
    agreedHash: link?.sourceHash ?? null,
    mapped: mapped.values,
    writeRuleOf: context.mapping.writeRuleOf,
  }
  if (mapped.issues.length > 0) {
    const place = candidate.record.place
    const issues = place ? mapped.issues.map((issue) => ({ place, ...issue })) : mapped.issues
    return { kind: 'item', item: decideFailed(source, label, issues) }
  }
  if (context.links.hasOpenIntent(context.route, source.externalId)) return decideHeld(input, stillOpen)
  const destination = link ? context.links.destinationState(context.route, link.cluster) : undefined
  if (destination?.base) {
    claimKeys(input.mapped, source.externalId, context)
    return decideLinked(input, destination)
  }
  return decideUnlinked(input, destination?.externalId, context)
}

const stillOpen: RecordReason = {
  code: 'write-still-open',
  message: 'An earlier write of this record is waiting for a decision.',
  next: 'Decide on the held write first.',
}

/** A record without an agreement: linked by another integration (then every field is sent once), matched by key, or new. */
function decideUnlinked(input: DecisionInput, linkedId: string | undefined, context: PlanContext): Decision {
  if (linkedId !== undefined) return decideLinked(input, { externalId: linkedId, base: null, version: null })
  const match = context.matcher.candidates(input.mapped)
  if (match.kind === 'several') return decideHeld(input, ambiguous(match))
  const taken = claimKeys(input.mapped, input.source.externalId, context)
  if (taken) return decideHeld(input, duplicate(taken.key, taken.by))
  if (match.kind !== 'one') return decideNew(input)
  const other = context.links.linkedSource(context.route, match.record.externalId)
  if (other !== undefined && other !== input.source.externalId) return decideHeld(input, duplicate(match.key, other))
  const destination = {
    externalId: match.record.externalId,
    base: pick(match.record.values, context.mapping.targetFields),
    version: match.record.version,
  }
  return decideMatched(input, destination, context.existing, match.key)
}

/** Claims the record's keys; answers the first key that another source record has claimed. */
function claimKeys(values: Values, sourceId: string, context: PlanContext) {
  for (const key of filledKeys(values, context.matchFields)) {
    const by = context.scratch.claim(key.field, key.value, sourceId)
    if (by !== undefined && by !== sourceId) return { key, by }
  }
  return undefined
}

/** What a person recognises the record by: its first key, else its first text, else its id. */
function labelOf(source: SourceSide, values: Values, context: PlanContext): string {
  const fields = [...context.matchFields, ...context.mapping.targetFields]
  const keys = fields.map((field) => values[field])
  return labelRecord(keys, source.base, source.externalId)
}
