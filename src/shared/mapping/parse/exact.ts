/** Exact arithmetic: decimal.js with more digits than any sum or product of ours has, so that nothing is ever rounded unasked. */
import { Decimal as DefaultDecimal } from 'decimal.js'
import { type Digits, digitsOf } from './decimal-text.ts'

const Decimal = DefaultDecimal.clone({ precision: 400, toExpNeg: -500, toExpPos: 500 })
type Exact = InstanceType<typeof Decimal>

export type RoundingMode = 'half-up' | 'half-even' | 'up' | 'down'

const decimalModes = {
  up: DefaultDecimal.ROUND_UP,
  down: DefaultDecimal.ROUND_DOWN,
  'half-up': DefaultDecimal.ROUND_HALF_UP,
  'half-even': DefaultDecimal.ROUND_HALF_EVEN,
} as const

function exactOf(digits: Digits): Exact {
  const text = digits.fraction === '' ? digits.whole : `${digits.whole}.${digits.fraction}`
  return new Decimal(digits.isNegative ? `-${text}` : text)
}

function digitsOfExact(exact: Exact): Digits {
  const [whole = '', fraction = ''] = exact.abs().toFixed().split('.')
  return digitsOf(exact.isNegative(), whole, fraction)
}

export function multiplyDigits(left: Digits, right: Digits): Digits {
  return digitsOfExact(exactOf(left).times(exactOf(right)))
}

export function addDigits(left: Digits, right: Digits): Digits {
  return digitsOfExact(exactOf(left).plus(exactOf(right)))
}

export function compareDigits(left: Digits, right: Digits): number {
  return exactOf(left).comparedTo(exactOf(right))
}

/** Brings a number to at most `places` decimals; undefined if that would lose decimals and no rounding is declared. */
export function limitDecimals(digits: Digits, places: number, rounding: RoundingMode | undefined): Digits | undefined {
  if (digits.fraction.length <= places) return digits
  return rounding === undefined ? undefined : roundDigits(digits, places, rounding)
}

export function roundDigits(digits: Digits, places: number, mode: RoundingMode): Digits {
  return digitsOfExact(exactOf(digits).toDecimalPlaces(places, decimalModes[mode]))
}
