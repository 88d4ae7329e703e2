/**
 * Reads numbers as people and programs write them into exact decimal digits. Nothing here is a float: a text becomes
 * sign, whole digits and decimal digits, and stays that until it is written again.
 */
import { numberText, trimText } from './text.ts'

export type DecimalMark = '.' | ','

/** An exact decimal: digits only; whole has no leading zeros (at least '0'), fraction no trailing zeros. */
export interface Digits {
  readonly isNegative: boolean
  readonly whole: string
  readonly fraction: string
}

/** A number with what stood around its digits: currency signs and codes. */
export interface ReadNumber extends Digits {
  readonly before: string
  readonly after: string
}

export type NumberProblem = 'not-a-number' | 'ambiguous-number' | 'too-long'

/** More digits than any amount or measure has; keeps arithmetic bounded. */
const maximalDigits = 40
const plainNumber = /^(-?)(\d{1,15})(?:\.(\d{1,15}))?$/
// A group never begins with 0: '0.001' is no thousand.
const groupedByThree = /^[1-9]\d{0,2}(?:[.,'’٬ ]\d{3})+$/
const groupedIndian = /^[1-9]\d?(?:,\d{2})+,\d{3}$/

/** Reads a text. `mark` is the declared decimal mark; without it texts that can be read in two ways are a problem. */
export function readNumberText(text: string, mark: DecimalMark | undefined): ReadNumber | NumberProblem {
  const plain = plainNumber.exec(text)
  // A plain number with at most two or more than three decimals can only be read in one way.
  if (plain && mark !== ',' && (mark === '.' || plain[3]?.length !== 3)) {
    return { ...digitsOf(plain[1] === '-', plain[2] ?? '', plain[3] ?? ''), before: '', after: '' }
  }
  const around = splitAround(asciiDigits(trimText(text)))
  if (!around) return 'not-a-number'
  const signed = readSign(around)
  if (!signed) return 'not-a-number'
  const parts = readCore(around.core, mark)
  if (typeof parts === 'string') return parts
  if (parts.whole.length + parts.fraction.length > maximalDigits) return 'too-long'
  return { ...digitsOf(signed.isNegative, parts.whole, parts.fraction), before: signed.before, after: signed.after }
}

/** The digits of a JSON number: its shortest decimal text, exactly. */
export function digitsOfNumber(number: number): Digits | NumberProblem {
  if (Number.isSafeInteger(number)) return { isNegative: number < 0, whole: String(Math.abs(number)), fraction: '' }
  if (!Number.isFinite(number)) return 'not-a-number'
  const text = numberText(number)
  if (text.length > maximalDigits) return 'too-long'
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  return digitsOf(number < 0, whole, fraction)
}

export function digitsOf(isNegative: boolean, whole: string, fraction: string): Digits {
  const bareWhole = whole.length > 1 ? whole.replace(/^0+(?=\d)/, '') : whole === '' ? '0' : whole
  const bareFraction = fraction.endsWith('0') ? fraction.replace(/0+$/, '') : fraction
  return {
    isNegative: isNegative && (bareWhole !== '0' || bareFraction !== ''),
    whole: bareWhole,
    fraction: bareFraction,
  }
}

/** Plain decimal text: '-1234.5'. With places the decimals are filled with zeros (never cut). */
export function decimalText(digits: Digits, places = 0): string {
  const fraction = digits.fraction.padEnd(places, '0')
  const number = fraction === '' ? digits.whole : `${digits.whole}.${fraction}`
  return digits.isNegative ? `-${number}` : number
}

interface Around {
  readonly before: string
  readonly core: string
  readonly after: string
}

/** Cuts a text into what stands before the first digit, the number, and what stands after the last digit. */
function splitAround(text: string): Around | undefined {
  const first = text.search(/\d/)
  if (first < 0) return undefined
  let end = text.length
  while (!isDigit(text.charCodeAt(end - 1))) end--
  let before = text.slice(0, first)
  let core = text.slice(first, end)
  // '.50' and '-,5' begin with their mark; 'Fr.12' and 'Rs.500' do not.
  const leadingMark = /(?:^|[^\p{L}.,٫])([.,٫])$/u.exec(before)
  if (leadingMark) {
    before = before.slice(0, -1)
    core = `0${leadingMark[1] === '٫' ? '.' : leadingMark[1]}${core}`
  }
  // '12,-' and '12.--' say that there are no cents.
  const after = text.slice(end).replace(/^[.,]\s*[-–—]{1,2}/, '')
  return { before, core, after }
}

interface Signed {
  readonly isNegative: boolean
  readonly before: string
  readonly after: string
}

/** Takes sign and brackets away; undefined for contradictions such as '-5-' or '(5'. */
function readSign(around: Around): Signed | undefined {
  const all = around.before + around.after
  const minuses = countOf(all, /[-−–﹣－]/g)
  const pluses = countOf(all, /[+＋]/g)
  const opening = countOf(around.before, /\(/g)
  const closing = countOf(around.after, /\)/g)
  if (minuses + pluses + opening > 1 || opening !== closing || countOf(all, /[()]/g) !== opening + closing)
    return undefined
  const bare = (text: string): string => text.replace(/[-−–﹣－+＋()]/g, '').trim()
  return { isNegative: minuses + opening === 1, before: bare(around.before), after: bare(around.after) }
}

type Parts = { readonly whole: string; readonly fraction: string }

function readCore(core: string, mark: DecimalMark | undefined): Parts | NumberProblem {
  const text = core.replace(/[\u00A0\u202F\u2009\u2007]/g, ' ').replace(/٫/g, '.')
  if (/^\d+$/.test(text)) return { whole: text, fraction: '' }
  if (!/^[\d.,'’٬ ]+$/.test(text)) return 'not-a-number'
  const decimal = mark ?? guessedMark(text)
  if (decimal === 'ambiguous-number') return decimal
  const at = decimal === undefined ? -1 : text.lastIndexOf(decimal)
  const wholeText = at < 0 ? text : text.slice(0, at)
  const fraction = at < 0 ? '' : text.slice(at + 1)
  if (!/^\d*$/.test(fraction) || (decimal !== undefined && wholeText.includes(decimal))) return 'not-a-number'
  const whole = readWhole(wholeText)
  return whole === undefined ? 'not-a-number' : { whole, fraction }
}

/** Digits of a grouped number; undefined if the groups are not those of thousands (or Indian lakhs), or mixed. */
function readWhole(text: string): string | undefined {
  if (/^\d*$/.test(text)) return text
  const groupMarks = new Set(text.replace(/\d/g, '').replace(/’/g, "'"))
  const isGrouped = groupedByThree.test(text) || groupedIndian.test(text)
  return isGrouped && groupMarks.size === 1 ? text.replace(/\D/g, '') : undefined
}

/** The decimal mark a text shows by itself; undefined if it has none. '1,234' and '1.234' show nothing. */
function guessedMark(text: string): DecimalMark | undefined | 'ambiguous-number' {
  const dots = countOf(text, /\./g)
  const commas = countOf(text, /,/g)
  if (dots > 0 && commas > 0) return text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
  if (dots + commas !== 1) return undefined
  const mark = dots === 1 ? '.' : ','
  const [whole = '', fraction = ''] = text.split(mark)
  const couldBeGroup = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole)
  return couldBeGroup ? 'ambiguous-number' : mark
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

const otherDigits = /[٠-٩۰-۹०-९০-৯０-９]/g
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10]

/** Arabic, Persian, Hindi, Bengali and full-width digits as 0 to 9. */
function asciiDigits(text: string): string {
  return text.replace(otherDigits, (digit) => {
    const code = digit.charCodeAt(0)
    const zero = zeros.findLast((candidate) => candidate <= code) ?? code
    return String(code - zero)
  })
}
