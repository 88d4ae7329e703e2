/** The money step: reads an amount to the last cent and gives it in the form the destination wants. */
import { isMoney, type Value } from '../../model/value.ts'
import { mappingError } from '../mapping-error.ts'
import { decimalsOf, digitsOfMinor, minorOf, namedCurrencies } from '../parse/amount.ts'
import { type Digits, decimalText, digitsOf, digitsOfNumber, readNumberText } from '../parse/decimal-text.ts'
import { limitDecimals } from '../parse/exact.ts'
import { reportIssue } from '../report-issue.ts'
import type { StepOptions } from '../schema/step-schema.ts'
import {
  type Compiling,
  type Evaluation,
  type Flowing,
  type Reader,
  type StepFunction,
  type Stopped,
  stopped,
} from '../step-types.ts'
import { isBlank, numberIssue } from './number-values.ts'

type MoneyOptions = StepOptions['money']

/** What a source value says: digits and the currencies its signs may mean. */
interface ReadMoney {
  readonly digits: Digits
  readonly named: readonly string[] | undefined
  readonly isMinor: boolean
}

export function explainMoney(options: MoneyOptions): string {
  const currency =
    options.currency ?? (options.currencyFrom ? `the currency of ${options.currencyFrom}` : 'the currency it names')
  const unit = options.unit === 'minor' ? ' counted in its smallest unit' : ''
  const output = { money: '', minor: ' and gives it in its smallest unit', decimal: ' and gives it as a decimal' }[
    options.output ?? 'money'
  ]
  return `Reads an amount in ${currency}${unit}${output}`
}

export function compileMoney(options: MoneyOptions, compiling: Compiling): StepFunction {
  const { currency } = options
  if (currency !== undefined && decimalsOf(currency) === undefined) {
    throw mappingError(`${compiling.place}.currency`, `${currency} is not a currency of ISO 4217`)
  }
  const readCurrency = options.currencyFrom === undefined ? undefined : compiling.read(options.currencyFrom)
  return (value, evaluation) => {
    if (isBlank(value)) return null
    const read = readMoney(value, options)
    if (typeof read === 'string') return numberIssue(evaluation, value, read)
    const declared = readCurrency ? declaredCurrency(readCurrency, evaluation) : currency
    if (declared === stopped) return stopped
    const settled = settleCurrency(read, declared, { value, evaluation })
    return settled === stopped ? stopped : writeMoney(read, settled, { options, value, evaluation })
  }
}

function readMoney(
  value: Flowing,
  options: MoneyOptions,
): ReadMoney | 'not-a-number' | 'ambiguous-number' | 'too-long' {
  const isMinor = options.unit === 'minor'
  if (isMoney(value)) {
    return {
      digits: digitsOf(value.amountMinor < 0, String(Math.abs(value.amountMinor)), ''),
      named: [value.currency],
      isMinor: true,
    }
  }
  if (typeof value === 'number') {
    const digits = digitsOfNumber(value)
    return typeof digits === 'string' ? digits : { digits, named: undefined, isMinor }
  }
  if (typeof value !== 'string') return 'not-a-number'
  const read = readNumberText(value, options.decimalMark)
  if (typeof read === 'string') return read
  return { digits: read, named: namedCurrencies(read.before, read.after), isMinor }
}

interface Current {
  readonly value: Flowing
  readonly evaluation: Evaluation
}

function declaredCurrency(read: Reader, evaluation: Evaluation): string | undefined | Stopped {
  const value = read(evaluation.scope)
  if (value === undefined || value === null || value === '') return undefined
  const code = typeof value === 'string' ? value.trim().toUpperCase() : ''
  if (decimalsOf(code) !== undefined) return code
  return reportIssue(evaluation, {
    code: 'unknown-currency',
    value,
    problem: 'is not a currency of ISO 4217',
    next: 'Correct the currency.',
  })
}

/** The one currency of the amount, from what is declared and what the text names. */
function settleCurrency(read: ReadMoney, declared: string | undefined, current: Current): string | Stopped {
  const { named } = read
  if (named === undefined && declared !== undefined) return declared
  if (named?.length === 0) return numberIssue(current.evaluation, current.value, 'not-a-number')
  if (declared !== undefined && named?.includes(declared)) return declared
  if (declared !== undefined) {
    return reportIssue(current.evaluation, {
      code: 'other-currency',
      value: current.value,
      problem: `is not an amount in ${declared}`,
      next: 'Correct the value, or take the currency from a field (currencyFrom).',
    })
  }
  const only = named?.length === 1 ? named[0] : undefined
  if (only !== undefined && decimalsOf(only) !== undefined) return only
  return reportIssue(current.evaluation, {
    code: 'unknown-currency',
    value: current.value,
    problem: 'does not say in which currency it is',
    next: 'Declare the currency in the step (currency or currencyFrom).',
  })
}

interface Writing extends Current {
  readonly options: MoneyOptions
}

function writeMoney(read: ReadMoney, currency: string, writing: Writing): Value | Stopped {
  const { options, value, evaluation } = writing
  const decimals = decimalsOf(currency) ?? 2
  const limited = limitDecimals(read.digits, read.isMinor ? 0 : decimals, options.rounding)
  if (!limited) {
    return reportIssue(evaluation, {
      code: 'too-many-decimals',
      value,
      problem: read.isMinor
        ? 'is not a whole number of the smallest unit'
        : `has more than the ${decimals} decimals of ${currency}`,
      next: 'Correct the value, or declare how to round in the step (rounding).',
    })
  }
  const amountMinor = minorOf(limited, read.isMinor ? 0 : decimals)
  if (amountMinor === undefined) {
    return reportIssue(evaluation, {
      code: 'amount-too-large',
      value,
      problem: 'is too large for an amount',
      next: 'Correct the value.',
    })
  }
  if (options.output === 'minor') return amountMinor
  if (options.output !== 'decimal') return { amountMinor, currency }
  return decimalText(read.isMinor ? digitsOfMinor(amountMinor, decimals) : limited, decimals)
}
