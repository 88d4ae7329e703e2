/** Finds the other side of records that were read: by their link, else by key; what is not clear is held. */
import type { MappedRecord } from '#shared/mapping/evaluate-types.ts'
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { RecordReason } from '#shared/model/run.ts'
import { corrected } from '../corrected.ts'
import { ambiguous, decideFailed, duplicate } from '../decide.ts'
import { inSlices } from '../in-slices.ts'
import { mapRecords } from '../map-records.ts'
import { filledKeys, type Key, type Match } from '../match.ts'
import type { FrozenItem, LinkState, ObservedRecord, Route, ScratchIndex, ScratchRecord } from '../ports/sync-store.ts'
import { pick } from '../source-side.ts'
import { heldItem, labelOf, sideOf } from './held-item.ts'
import { agreedSide, observedSide, type Pair, type PairSide, readSide, textOf } from './pairs.ts'
import type { FoundPairs, TwoWayContext } from './plan-two-way.ts'

interface Gathered {
  readonly pairs: Pair[]
  readonly held: FrozenItem[]
  unchangedCount: number
  filteredCount: number
}

/** Records of the source that were read, with the destination's side as it was read or agreed. */
export async function partnerOfSource(
  records: readonly RemoteRecord[],
  context: TwoWayContext,
  signal: AbortSignal,
): Promise<FoundPairs> {
  const gathered: Gathered = { pairs: [], held: [], unchangedCount: 0, filteredCount: 0 }
  const unlinked: PairSide[] = []
  await inSlices(
    records,
    (record) => {
      const known = corrected(record, context.correctionsOf(context.route, record.externalId))
      const side = readSide(known, context.usedFields, context.twoWay.matchFields)
      if (isPassedOver(side, context, gathered)) forgetPartner(side.externalId, context)
      else if (!pairByLink(side, context, gathered)) unlinked.push(side)
    },
    context.links.together,
  )
  const mapped = await mapRecords(
    unlinked.map(({ now }) => now),
    { ...context, signal },
  )
  await context.matchers.destination.prepare(goodValues(mapped), signal)
  for (const [index, side] of unlinked.entries()) pairByKey(side, mapped[index], context, gathered)
  return gathered
}

/** What takes no part now, or waits: then neither does its other side, whatever changed there. */
function isPassedOver(side: PairSide, context: TwoWayContext, gathered: Gathered): boolean {
  const doubts = context.accepts(side.now, context.now) ? null : context.doubts(side.now, context.now)
  if (isLeftOut(side.externalId, context.route, context) || doubts?.length === 0) gathered.filteredCount += 1
  else if (doubts) gathered.held.push(decideFailed(sideOf(side), labelOf(side), doubts))
  else if (isOpen(side.externalId, context)) gathered.held.push(heldItem(side, stillOpen))
  else return false
  return true
}

function isLeftOut(externalId: string, route: Route, { decisionOf }: TwoWayContext): boolean {
  return decisionOf(route, externalId) === 'skip'
}

function forgetPartner(externalId: string, { links, route, scratch }: TwoWayContext): void {
  const link = links.linkState(route, externalId)
  const partner = link && agreedSide(links, route, link.cluster)
  if (partner) scratch.forget(partner.externalId)
}

/** Answers false where the record has no agreement with the destination yet. */
function pairByLink(side: PairSide, context: TwoWayContext, gathered: Gathered): boolean {
  const { links, route, scratch, twoWay } = context
  const link = links.linkState(route, side.externalId)
  const destination = link && agreedSide(links, route, link.cluster)
  if (!link || !destination) return false
  const base = links.sourceBase(route, side.externalId)
  const observed = scratch.observed(destination.externalId)
  scratch.forget(destination.externalId)
  if (!observed && isUnchanged(side, link, context)) gathered.unchangedCount += 1
  else if (isOpen(destination.externalId, context, 'back')) gathered.held.push(heldItem(side, stillOpen))
  else
    gathered.pairs.push({
      source: { ...side, base },
      destination: observed ? observedSide(observed, destination.base, context.matchFields) : destination,
    })
  claimAll(scratch, pick(observed?.values ?? destination.now, context.matchFields), side.externalId, context)
  claimAll(twoWay.sourceKeys, side.now, destination.externalId, { matchFields: twoWay.matchFields })
  return true
}

function isUnchanged(side: PairSide, link: LinkState, { route }: TwoWayContext): boolean {
  return link.agreedVersion === route.integrationVersion && link.sourceHash === textOf(side.now).hash
}

function isOpen(externalId: string, { links, route, twoWay }: TwoWayContext, direction?: 'back'): boolean {
  return links.hasOpenIntent(direction === 'back' ? twoWay.route : route, externalId)
}

function pairByKey(side: PairSide, mapped: MappedRecord | undefined, context: TwoWayContext, gathered: Gathered): void {
  const { matchers, scratch, links, route, twoWay } = context
  const values = mapped?.values ?? {}
  if (!mapped || mapped.issues.length > 0) return void gathered.pairs.push({ source: side, destination: null })
  const match = matchers.destination.candidates(values)
  const hold = (reason: RecordReason): void => void gathered.held.push(heldItem(side, reason))
  const found = partnerOf(match, hold, () => claim(scratch, values, side.externalId, context))
  if (found === 'held') return
  // Whatever it becomes now, no record of the destination may be paired with it once more.
  claimAll(twoWay.sourceKeys, side.now, found?.record.externalId ?? side.externalId, {
    matchFields: twoWay.matchFields,
  })
  if (!found) {
    if (twoWay.creates.atDestination) gathered.pairs.push({ source: side, destination: null })
    else gathered.filteredCount += 1
    return
  }
  const other = links.linkedSource(route, found.record.externalId)
  if (other !== undefined && other !== side.externalId) return void hold(duplicate(found.key, other))
  if (isOpen(found.record.externalId, context, 'back')) return void hold(stillOpen)
  if (isLeftOut(found.record.externalId, twoWay.route, context)) {
    gathered.filteredCount += 1
    return
  }
  const observed = scratch.observed(found.record.externalId)
  scratch.forget(found.record.externalId)
  const destination = observed
    ? observedSide(observed, null, context.matchFields)
    : sideOfFound(found.record, context.twoWay.destinationFields)
  gathered.pairs.push({ source: side, destination })
}

/** Records of the destination that no record of the source was paired with in this run. */
export async function partnerOfDestination(
  records: readonly ObservedRecord[],
  context: TwoWayContext,
  signal: AbortSignal,
): Promise<FoundPairs> {
  const { links, route, twoWay } = context
  const gathered: Gathered = { pairs: [], held: [], unchangedCount: 0, filteredCount: 0 }
  const unlinked: PairSide[] = []
  for (const record of records) {
    const link = links.linkState(twoWay.route, record.externalId)
    const source = link && agreedSide(links, twoWay.route, link.cluster)
    const destination = link && agreedSide(links, route, link.cluster)
    const side = observedSide(record, destination?.base ?? null, context.matchFields)
    const isOut = isLeftOut(record.externalId, twoWay.route, context)
    const isSourceOut =
      source && (isLeftOut(source.externalId, route, context) || !context.accepts(source.now, context.now))
    if (isOut || isSourceOut) {
      gathered.filteredCount += 1
      continue
    }
    if (
      links.hasOpenIntent(twoWay.route, record.externalId) ||
      (source && links.hasOpenIntent(route, source.externalId))
    )
      gathered.held.push({ ...heldItem(side, stillOpen), direction: 'back' })
    else if (source && destination) gathered.pairs.push({ source, destination: side })
    else unlinked.push(side)
  }
  const mapped = await mapRecords(
    unlinked.map(({ now }) => now),
    { ...context, mapping: twoWay.mapping, signal },
  )
  await context.matchers.source.prepare(goodValues(mapped), signal)
  for (const [index, side] of unlinked.entries()) pairBack(side, mapped[index], context, gathered)
  return gathered
}

function pairBack(side: PairSide, mapped: MappedRecord | undefined, context: TwoWayContext, gathered: Gathered): void {
  const { matchers, links, twoWay } = context
  const values = mapped?.values ?? {}
  if (!mapped || mapped.issues.length > 0) return void gathered.pairs.push({ source: null, destination: side })
  const match = matchers.source.candidates(values)
  const hold = (reason: RecordReason): void => void gathered.held.push({ ...heldItem(side, reason), direction: 'back' })
  const found = partnerOf(match, hold, () =>
    claim(twoWay.sourceKeys, values, side.externalId, { matchFields: twoWay.matchFields }),
  )
  if (found === 'held') return
  if (found) {
    const other = links.linkedSource(twoWay.route, found.record.externalId)
    if (other !== undefined && other !== side.externalId) return void hold(duplicate(found.key, other))
    // Perhaps this very record is what an unanswered write made: that is for a person to say first.
    if (isOpen(found.record.externalId, context)) return void hold(stillOpen)
    const source = sideOfFound(found.record, context.usedFields)
    const isOut = isLeftOut(source.externalId, context.route, context) || !context.accepts(source.now, context.now)
    if (isOut) gathered.filteredCount += 1
    else gathered.pairs.push({ source, destination: side })
  } else if (twoWay.creates.atSource && context.accepts(values, context.now))
    gathered.pairs.push({ source: null, destination: side })
  else gathered.filteredCount += 1
}

interface FoundPartner {
  readonly record: ScratchRecord
  readonly key: Key
}

/** The one record with the same key, nothing, or a record that waits for a person. */
function partnerOf(
  match: Match,
  hold: (reason: RecordReason) => void,
  claimKeys: () => { readonly key: Key; readonly by: string } | undefined,
): FoundPartner | 'held' | undefined {
  if (match.kind === 'several') {
    hold(ambiguous(match))
    return 'held'
  }
  const taken = claimKeys()
  if (taken) {
    hold(duplicate(taken.key, taken.by))
    return 'held'
  }
  return match.kind === 'one' ? match : undefined
}

interface KeyFields {
  readonly matchFields: readonly string[]
}

/** Claims the keys of a record; answers the first that another record has claimed. */
function claim(scratch: ScratchIndex, values: MappedRecord['values'], id: string, { matchFields }: KeyFields) {
  for (const key of filledKeys(values, matchFields)) {
    const by = scratch.claim(key.field, key.value, id)
    if (by !== undefined && by !== id) return { key, by }
  }
  return undefined
}

function claimAll(scratch: ScratchIndex, values: MappedRecord['values'], id: string, { matchFields }: KeyFields): void {
  for (const key of filledKeys(values, matchFields)) scratch.claim(key.field, key.value, id)
}

function sideOfFound({ externalId, values, version }: ScratchRecord, fields: readonly string[]): PairSide {
  return { externalId, now: pick(values, fields), base: null, version, updatedAt: null, isRead: true }
}

function goodValues(mapped: readonly MappedRecord[]) {
  return mapped.filter(({ issues }) => issues.length === 0).map(({ values }) => values)
}

const stillOpen = {
  code: 'write-still-open',
  message: 'An earlier write of this record is waiting for a decision.',
  next: 'Decide on the held write first.',
}
