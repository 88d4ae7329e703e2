/** Lists of due times: the next few for a preview, and those that came due while nobody looked. */
import type { DueRule } from './due-rule.ts'

/** The next `count` instants after `afterMs`. */
export function nextDueTimes(rule: DueRule, afterMs: number, count: number): readonly number[] {
  const found: number[] = []
  for (let at = rule.next(afterMs); at !== null && found.length < count; at = rule.next(at)) found.push(at)
  return found
}

/**
 * What came due after `afterMs` and up to `untilMs`, at most about the newest `limit`: a poll of every minute on a
 * computer that was off for a year would be half a million.
 */
export function dueBetween(rule: DueRule, afterMs: number, untilMs: number, limit: number): readonly number[] {
  for (let fromMs = afterMs; ; fromMs += Math.ceil((untilMs - fromMs) / 2)) {
    const found = upTo(rule, fromMs, untilMs, limit)
    if (found) return found
  }
}

/** undefined: there are more than `limit`. */
function upTo(rule: DueRule, afterMs: number, untilMs: number, limit: number): readonly number[] | undefined {
  const found: number[] = []
  for (let at = rule.next(afterMs); at !== null && at <= untilMs; at = rule.next(at)) {
    if (found.length === limit) return undefined
    found.push(at)
  }
  return found
}
