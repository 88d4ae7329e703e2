/**
 * Looks once more for records that an approved plan is to make: between plan and approval somebody, or another
 * integration, may have made them. What is there by now is not made a second time.
 */

import type { ConnectedObject } from '#shared/model/connected.ts'
import type { RecordReason } from '#shared/model/run.ts'
import { createMatcher, type Matcher } from './match.ts'
import type { FrozenItem, ScratchIndex } from './ports/sync-store.ts'
import type { RunningParts } from './running-parts.ts'

export type CheckCreates = (items: readonly FrozenItem[]) => Promise<readonly FrozenItem[]>

/** One for a run: what was asked once is remembered. */
export function createCheckCreates({ job, control }: RunningParts): CheckCreates {
  const { twoWay, plan, source, destination } = job
  const forward = matcherOf(destination, plan.matchFields, plan.scratch)
  const back = twoWay && matcherOf(source, twoWay.matchFields, twoWay.sourceKeys)

  return async (items) => {
    for (const matcher of [forward, back]) {
      const creates = items.filter((item) => item.operation === 'create' && matcherFor(item, forward, back) === matcher)
      await matcher?.prepare(
        creates.map(({ values }) => values),
        control.signal,
      )
    }
    return items.map((item) => checked(item, matcherFor(item, forward, back)))
  }
}

function matcherFor(item: FrozenItem, forward: Matcher | undefined, back: Matcher | undefined): Matcher | undefined {
  return item.direction === 'back' ? back : forward
}

/** Undefined: the service offers no way to look, or the integration names no key. */
function matcherOf(object: ConnectedObject, fields: readonly string[], scratch: ScratchIndex): Matcher | undefined {
  return fields.length > 0 && (object.find || object.read) ? createMatcher(object, fields, scratch) : undefined
}

function checked(item: FrozenItem, matcher: Matcher | undefined): FrozenItem {
  if (item.operation !== 'create' || !matcher) return item
  const match = matcher.candidates(item.values)
  if (match.kind === 'none') return item
  return { ...item, action: 'hold', operation: null, reason: thereByNow(match.key.field, match.key.value) }
}

function thereByNow(field: string, value: string): RecordReason {
  return {
    code: 'plan-stale',
    message: `A record with the same ${field} (${value}) is there by now, so this one was not made.`,
    field,
    next: 'Make a new plan: what is there is linked then.',
  }
}
