/** Decides what one mapped record becomes: create, update, link, nothing, or a question for a person. Pure over its inputs. */

import type { WriteRule } from '#shared/mapping/evaluate-types.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { diff } from './diff.ts'
import type { Key, Match } from './match.ts'
import type { DestinationState, FrozenItem, SourceSide } from './ports/sync-store.ts'

export type ExistingPolicy = 'update' | 'link-only' | 'skip'

export interface DecisionInput {
  readonly source: SourceSide
  readonly label: string
  readonly agreedHash: string | null
  readonly mapped: Values
  readonly writeRuleOf: (field: string) => WriteRule
}

/** Nothing to do: the source changed, the destination would not. Only the agreement is renewed. */
export interface Settled {
  readonly kind: 'settled'
  readonly destinationId: string
  readonly nextBase: Values
  readonly version: string | null
}

export type Decision =
  | { readonly kind: 'item'; readonly item: FrozenItem }
  | Settled
  | { readonly kind: 'skipped'; readonly reason: RecordReason }

/** A record that is linked already: write what changed. */
export function decideLinked(input: DecisionInput, destination: DestinationState): Decision {
  return decideAgainst(input, { ...destination, base: destination.base ?? {} }, null)
}

/** A record met for the first time that has exactly one counterpart by key. */
export function decideMatched(
  input: DecisionInput,
  destination: DestinationState,
  policy: ExistingPolicy,
  key: Key,
): Decision {
  if (policy === 'skip') {
    return {
      kind: 'skipped',
      reason: {
        code: 'already-there',
        message: `A record with the same ${key.field} (${key.value}) is there already; the integration leaves existing records alone.`,
      },
    }
  }
  const reason = { code: 'matched', message: `Matched by ${key.field}: ${key.value}.` }
  if (policy === 'link-only') return linkItem(input, destination, reason)
  const decision = decideAgainst(input, { ...destination, base: destination.base ?? {} }, reason)
  return decision.kind === 'settled' ? linkItem(input, destination, reason) : decision
}

/** A record without a counterpart. */
export function decideNew(input: DecisionInput): Decision {
  return {
    kind: 'item',
    item: {
      ...common(input),
      action: 'create',
      operation: 'create',
      destinationId: null,
      values: input.mapped,
      before: null,
      after: input.mapped,
      nextBase: input.mapped,
      version: null,
      reason: null,
    },
  }
}

/** A record that waits for a person. */
export function decideHeld(input: DecisionInput, reason: RecordReason): Decision {
  return { kind: 'item', item: { ...common(input), ...nothingToWrite, action: 'hold', after: input.mapped, reason } }
}

/** A record that cannot be mapped or written. */
export function decideFailed(source: SourceSide, label: string, issues: readonly DataIssue[]): FrozenItem {
  const first = issues[0]
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  const reason: RecordReason = {
    code: first?.code ?? 'data',
    message: `${first?.message ?? 'The record cannot be used.'}${more}`,
    ...(first?.field ? { field: first.field } : {}),
    ...(first?.place ? { place: first.place } : {}),
    ...(first?.next ? { next: first.next } : {}),
  }
  return { action: 'fail', label, source, agreedHash: null, ...nothingToWrite, after: {}, reason }
}

/** Why a record with several counterparts is held. */
export function ambiguous(match: Extract<Match, { kind: 'several' }>): RecordReason {
  return {
    code: 'several-matches',
    message: `${match.records.length} records have the same ${match.key.field} (${match.key.value}); which one is meant is not clear.`,
    field: match.key.field,
    next: 'Merge or rename the duplicates at the destination, then run again.',
  }
}

/** Why a second source record for the same destination record is held. */
export function duplicate(key: Key, other: string): RecordReason {
  return {
    code: 'duplicate-key',
    message: `Another source record (${other}) has the same ${key.field} (${key.value}) and stands for it already.`,
    field: key.field,
    next: 'Correct or remove one of the two in the source, then run again.',
  }
}

const nothingToWrite = {
  operation: null,
  destinationId: null,
  values: {},
  before: null,
  nextBase: {},
  version: null,
} as const

function common(input: DecisionInput): Pick<FrozenItem, 'label' | 'source' | 'agreedHash'> {
  return { label: input.label, source: input.source, agreedHash: input.agreedHash }
}

function decideAgainst(
  input: DecisionInput,
  destination: DestinationState & { base: Values },
  reason: RecordReason | null,
): Decision {
  const { changes, before, nextBase } = diff(input.mapped, destination.base, input.writeRuleOf)
  if (Object.keys(changes).length === 0) {
    return { kind: 'settled', destinationId: destination.externalId, nextBase, version: destination.version }
  }
  const item: FrozenItem = {
    ...common(input),
    action: 'update',
    operation: 'update',
    destinationId: destination.externalId,
    values: changes,
    before,
    after: changes,
    nextBase,
    version: destination.version,
    reason,
  }
  return { kind: 'item', item }
}

function linkItem(input: DecisionInput, destination: DestinationState, reason: RecordReason): Decision {
  const base = destination.base ?? {}
  const item: FrozenItem = {
    ...common(input),
    action: 'link',
    operation: null,
    destinationId: destination.externalId,
    values: {},
    before: null,
    after: {},
    nextBase: base,
    version: destination.version,
    reason,
  }
  return { kind: 'item', item }
}
