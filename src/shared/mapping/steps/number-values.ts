/** What steps on numbers share: taking exact digits from whatever a value is, and the words for what cannot be read. */
import { isMoney, type Money, type Value } from '../../model/value.ts'
import { decimalsOf, digitsOfMinor } from '../parse/amount.ts'
import {
  type DecimalMark,
  type Digits,
  digitsOfNumber,
  type NumberProblem,
  readNumberText,
} from '../parse/decimal-text.ts'
import { trimText } from '../parse/text.ts'
import { reportIssue } from '../report-issue.ts'
import type { Evaluation, Flowing, Stopped } from '../step-types.ts'

const problems: Readonly<Record<NumberProblem, { readonly problem: string; readonly next: string }>> = {
  'not-a-number': { problem: 'is not a number', next: 'Correct the value.' },
  'ambiguous-number': {
    problem: 'can be read in two ways, as thousands or as decimals',
    next: 'Declare the decimal mark of the source in the step (decimalMark).',
  },
  'too-long': { problem: 'has more digits than any amount', next: 'Correct the value.' },
}

export function numberIssue(evaluation: Evaluation, value: Flowing, problem: NumberProblem): Stopped {
  return reportIssue(evaluation, { code: problem, value, ...problems[problem] })
}

/** The exact digits of a number or of a text that is a bare number. */
export function readDigits(value: Value | undefined, mark: DecimalMark | undefined): Digits | NumberProblem {
  if (typeof value === 'number') return digitsOfNumber(value)
  if (typeof value !== 'string') return 'not-a-number'
  const read = readNumberText(value, mark)
  if (typeof read === 'string') return read
  return read.before === '' && read.after === '' ? read : 'not-a-number'
}

/** An amount whose currency is known to ISO 4217, with its digits. */
export interface KnownAmount {
  readonly money: Money
  readonly decimals: number
  readonly digits: Digits
}

export function readAmount(value: Value | undefined): KnownAmount | undefined {
  if (!isMoney(value)) return undefined
  const decimals = decimalsOf(value.currency)
  return decimals === undefined
    ? undefined
    : { money: value, decimals, digits: digitsOfMinor(value.amountMinor, decimals) }
}

/** Empty text, also of spaces: reading steps give an empty value for it. */
export function isBlank(value: Flowing): boolean {
  return value === '' || (typeof value === 'string' && trimText(value) === '')
}
