/** The comparisons of the filter language: text, exact numbers, dates relative to now, emptiness. */
import { isEmpty } from '../mapping/field-path.ts'
import { type Digits, digitsOfNumber } from '../mapping/parse/decimal-text.ts'
import { compareDigits } from '../mapping/parse/exact.ts'
import { isAscii, plainTextOf, trimText } from '../mapping/parse/text.ts'
import { isList } from '../mapping/shape.ts'
import { readAmount, readDigits } from '../mapping/steps/number-values.ts'
import type { Value } from '../model/value.ts'
import { compileDateComparison } from './compile-dates.ts'
import type { Condition } from './filter-schema.ts'

/** Yes, no, or undefined: the value cannot be read as what it is compared with. */
export type Comparison = (value: Value | undefined, now: string) => boolean | undefined

type Scalar = string | number | boolean

export function compileComparison(condition: Condition, zone: string): Comparison {
  const { equals, oneOf, empty } = condition
  if (empty !== undefined) return (value) => isEmpty(typeof value === 'string' ? trimText(value) : value) === empty
  if (equals !== undefined) return compileEquals(equals, condition)
  if (oneOf !== undefined) {
    const tests = oneOf.map((scalar) => compileEquals(scalar, condition))
    return (value, now) => {
      const answers = tests.map((test) => test(value, now))
      if (answers.includes(true)) return true
      return answers.includes(undefined) ? undefined : false
    }
  }
  return (
    compileTextComparison(condition) ?? compileNumberComparison(condition) ?? compileDateComparison(condition, zone)
  )
}

/** What is compared as text: one Unicode form, small letters if capitals do not count. */
function textKey(text: string, ignoreCase: boolean | undefined): string {
  const form = isAscii(text) ? text : text.normalize('NFC')
  return ignoreCase ? form.toLowerCase() : form
}

function compileEquals(operand: Scalar, condition: Condition): Comparison {
  const { ignoreCase, decimalMark } = condition
  if (typeof operand === 'number') {
    const digits = digitsOfNumber(operand)
    return (value) => {
      if (typeof value === 'number') return value === operand
      const read =
        typeof value === 'boolean' ? 'not-a-number' : (readAmount(value)?.digits ?? readDigits(value, decimalMark))
      // A text such as '1,234' might be this number; any other text that is no number is simply another value.
      if (read === 'ambiguous-number') return undefined
      return typeof read !== 'string' && typeof digits !== 'string' && compareDigits(read, digits) === 0
    }
  }
  const wanted = textKey(String(operand), ignoreCase)
  return (value) => {
    const text = value === undefined || value === null ? undefined : plainTextOf(value)
    return text !== undefined && textKey(text, ignoreCase) === wanted
  }
}

function compileTextComparison(condition: Condition): Comparison | undefined {
  const { contains, startsWith, endsWith, ignoreCase } = condition
  const operand = contains ?? startsWith ?? endsWith
  if (operand === undefined) return undefined
  const wanted = textKey(operand, ignoreCase)
  const holds = (value: Value | undefined): boolean => {
    const text = value === undefined || value === null ? undefined : plainTextOf(value)
    if (text === undefined) return false
    const key = textKey(text, ignoreCase)
    if (contains !== undefined) return key.includes(wanted)
    return startsWith !== undefined ? key.startsWith(wanted) : key.endsWith(wanted)
  }
  if (contains === undefined) return holds
  const hasItem = compileEquals(contains, condition)
  return (value, now) => (isList(value) ? value.some((item) => hasItem(item, now) === true) : holds(value))
}

function compileNumberComparison(condition: Condition): Comparison | undefined {
  const { greaterThan, lessThan, atLeast, atMost, decimalMark } = condition
  const operand = greaterThan ?? lessThan ?? atLeast ?? atMost
  if (operand === undefined) return undefined
  const limit = readDigits(operand, '.')
  const holds = (order: number): boolean => {
    if (greaterThan !== undefined) return order > 0
    if (lessThan !== undefined) return order < 0
    return atLeast !== undefined ? order >= 0 : order <= 0
  }
  return (value) => {
    if (value === undefined || value === null || (typeof value === 'string' && trimText(value) === '')) return false
    // Two JSON numbers stand in the same order as their shortest decimal texts.
    if (typeof value === 'number' && typeof operand === 'number') return holds(value - operand)
    const digits: Digits | string = readAmount(value)?.digits ?? readDigits(value, decimalMark)
    return typeof digits === 'string' || typeof limit === 'string' ? undefined : holds(compareDigits(digits, limit))
  }
}
