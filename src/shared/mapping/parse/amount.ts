/** Amounts of money: between decimal digits and minor units, and which currency a text names. */
import { currencyDecimals, currencySigns } from '../data/currencies.ts'
import { type Digits, digitsOf } from './decimal-text.ts'

/** Number of decimals of a currency (0 for JPY, 3 for KWD); undefined for a code ISO 4217 does not have. */
export function decimalsOf(currency: string): number | undefined {
  return currencyDecimals.get(currency)
}

/** Minor units of an amount whose decimals fit; undefined if it is too large to be exact. */
export function minorOf(digits: Digits, decimals: number): number | undefined {
  // Number() of a text of digits is exact up to 2^53; no float is multiplied.
  const minor = Number(digits.whole + digits.fraction.padEnd(decimals, '0'))
  if (!Number.isSafeInteger(minor)) return undefined
  return digits.isNegative ? -minor : minor
}

/** The digits of an amount given in minor units. */
export function digitsOfMinor(amountMinor: number, decimals: number): Digits {
  const text = String(Math.abs(amountMinor)).padStart(decimals + 1, '0')
  const cut = text.length - decimals
  return digitsOf(amountMinor < 0, text.slice(0, cut), text.slice(cut))
}

/**
 * The currencies that the words around a number may mean: undefined when there are none, an empty list when the
 * words are not a currency.
 */
export function namedCurrencies(before: string, after: string): readonly string[] | undefined {
  if (before === '' && after === '') return undefined
  if (before === '' || after === '') return currenciesOf(before + after)
  const both = currenciesOf(before)
  return currenciesOf(after).filter((currency) => both.includes(currency))
}

function currenciesOf(word: string): readonly string[] {
  const code = word.toUpperCase()
  if (currencyDecimals.has(code)) return [code]
  return currencySigns.get(word.toLowerCase().replace(/[.\s]/g, '')) ?? []
}
