/** Reports data issues in words that name field and value, and finds the field's path inside nested lists. */
import type { Value } from '../model/value.ts'
import { type Evaluation, type Flowing, type Scope, type Stopped, stopped } from './step-types.ts'

export interface Complaint {
  /** kebab-case, stable. */
  readonly code: string
  readonly value: Flowing
  /** Completes the sentence "“12” is ...": 'is not a phone number'. */
  readonly problem: string
  readonly next: string
}

/** Reports an issue of the current row and stops the row. */
export function reportIssue(evaluation: Evaluation, complaint: Complaint): Stopped {
  const { row, scope } = evaluation
  const field = row.source === undefined ? placeIn(scope, row.to) : placeIn(scopeAt(scope, row.reach), row.source)
  const message = `${field}: ${shown(complaint.value)} ${complaint.problem}.`
  const issue = { code: complaint.code, message, field, next: complaint.next }
  evaluation.issues.push(complaint.value === undefined ? issue : { ...issue, value: complaint.value })
  return stopped
}

/** A value as a person recognises it, at most 60 characters. */
export function shown(value: Value | undefined): string {
  if (value === undefined) return 'no value'
  if (value === null) return 'an empty value'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (text === '') return 'an empty text'
  const characters = [...text.slice(0, 200)]
  return characters.length > 60 ? `“${characters.slice(0, 59).join('')}…”` : `“${text}”`
}

function placeIn(scope: Scope, field: string): string {
  let place = field
  for (let at: Scope | undefined = scope; at?.parent; at = at.parent) place = `${at.list}[${at.index}].${place}`
  return place
}

function scopeAt(scope: Scope, reach: number): Scope {
  let at = scope
  for (let step = 0; step < reach && at.parent; step++) at = at.parent
  return at
}
