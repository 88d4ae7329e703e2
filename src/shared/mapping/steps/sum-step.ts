/** The sum step: adds up a list exactly. Amounts of money give money; everything else an exact decimal text. */
import type { Value } from '../../model/value.ts'
import { compileField, isEmpty } from '../field-path.ts'
import { minorOf } from '../parse/amount.ts'
import { type Digits, decimalText, type NumberProblem } from '../parse/decimal-text.ts'
import { addDigits, multiplyDigits } from '../parse/exact.ts'
import { reportIssue } from '../report-issue.ts'
import type { StepOptions } from '../schema/step-schema.ts'
import { isList, isRecord } from '../shape.ts'
import type { Evaluation, StepFunction, StepResult } from '../step-types.ts'
import { numberIssue, readAmount, readDigits } from './number-values.ts'

type Take = (item: Value) => Value | undefined

const zero: Digits = { isNegative: false, whole: '0', fraction: '' }

export function compileSum(options: StepOptions['sum']): StepFunction {
  const take = takeOf(options.field) ?? ((item: Value) => item)
  const takeTimes = takeOf(options.times)
  const add = (items: readonly Value[], evaluation: Evaluation): StepResult => {
    let total = zero
    const currencies = new Set<string | undefined>()
    for (const item of items) {
      const value = take(item)
      const times = takeTimes ? takeTimes(item) : undefined
      // An item without a value adds nothing; a value that cannot be read must not silently add nothing.
      if (isEmpty(value) || (takeTimes && isEmpty(times))) continue
      const amount = readAmount(value)
      const digits = amount?.digits ?? readDigits(value, options.decimalMark)
      if (typeof digits === 'string') return numberIssue(evaluation, value, digits)
      const factor: Digits | NumberProblem | undefined = takeTimes ? readDigits(times, options.decimalMark) : undefined
      if (typeof factor === 'string') return numberIssue(evaluation, times, factor)
      currencies.add(amount?.money.currency)
      total = addDigits(total, factor ? multiplyDigits(digits, factor) : digits)
    }
    return totalOf(total, currencies, evaluation)
  }
  return (value, evaluation) => {
    if (isList(value)) return add(value, evaluation)
    return reportIssue(evaluation, { code: 'not-a-list', value, problem: 'is not a list', next: 'Take a list field.' })
  }
}

function takeOf(path: string | undefined): Take | undefined {
  if (path === undefined) return undefined
  const read = compileField(path)
  return (item) => (isRecord(item) ? read(item) : undefined)
}

function totalOf(total: Digits, currencies: ReadonlySet<string | undefined>, evaluation: Evaluation): StepResult {
  if (currencies.size > 1) {
    const kinds = [...currencies].map((currency) => currency ?? 'numbers without currency').join(', ')
    return reportIssue(evaluation, {
      code: 'mixed-currencies',
      value: kinds,
      problem: 'stand in one list and cannot be added up',
      next: 'Correct the list, or filter it by currency.',
    })
  }
  const [currency] = currencies
  if (currency === undefined) return decimalText(total)
  const decimals = readAmount({ amountMinor: 0, currency })?.decimals ?? 0
  const amountMinor = total.fraction.length > decimals ? undefined : minorOf(total, decimals)
  if (amountMinor !== undefined) return { amountMinor, currency }
  return reportIssue(evaluation, {
    code: 'too-many-decimals',
    value: decimalText(total),
    problem: `is not a whole amount in ${currency}`,
    next: 'Correct the prices or quantities of the list.',
  })
}
