/** Text as people write it: spaces of every kind, invisible characters, characters as a person counts them. */
import type { Value } from '../../model/value.ts'

// Space characters of Unicode; JavaScript's \s has them all, and U+FEFF. Not the joiners U+200C and U+200D: they
// hold emoji and Persian or Hindi words together.
const invisible =
  '\\u200B\\u2060\\uFEFF\\u00AD\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\u0000-\\u0008\\u000E-\\u001F\\u007F-\\u009F'
const leading = new RegExp(`^[\\s${invisible}]+`)
const blankOrInvisible = new RegExp(`[\\s${invisible}]`)
const everyInvisible = new RegExp(`[${invisible}]`, 'g')
const everySpaceRun = /\s+/g
// Nothing to collapse: no space character but single plain ones.
const plainSpacing = /^(?:[^\s]| (?! ))*$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: the class is "ASCII only", which begins at NUL
const asciiOnly = /^[\x00-\x7F]*$/

/** Removes spaces and invisible characters at both ends. Linear, also for long runs of spaces. */
export function trimText(text: string): string {
  if (text === '') return text
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  // Most texts begin and end with a plain visible character.
  if (first > 32 && first < 127 && last > 32 && last < 127) return text
  let end = text.length
  while (end > 0 && blankOrInvisible.test(text.charAt(end - 1))) end--
  return text.slice(0, end).replace(leading, '')
}

export function collapseSpaces(text: string): string {
  return plainSpacing.test(text) ? text : text.replace(everySpaceRun, ' ')
}

/** One form for what looks equal: NFC, without invisible and control characters (line breaks and tabs stay). */
export function cleanText(text: string): string {
  return text.replace(everyInvisible, '').normalize('NFC')
}

export function isAscii(text: string): boolean {
  return asciiOnly.test(text)
}

let segmenter: Intl.Segmenter | undefined

/** The characters of a text as a person counts them (an emoji with skin tone is one). */
export function graphemesOf(text: string): readonly string[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), (part) => part.segment)
}

/** ASCII without CR LF: code units are characters. (CR LF is one grapheme of two.) */
export function isPlainText(text: string): boolean {
  return isAscii(text) && !text.includes('\r')
}

/** The key under which names are compared: no accents, no capitals, no punctuation. */
export function nameKey(text: string): string {
  const bare = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/&/g, ' and ')
    .replace(/[.’'`‘]/g, '')
  return bare.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

/** Text of a plain value; undefined for lists and objects. Numbers give their shortest decimal text. */
export function plainTextOf(value: Value): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  return typeof value === 'boolean' ? String(value) : undefined
}

/** The shortest decimal text that means this number, never with an exponent: 1e21 gives '1000000000000000000000'. */
export function numberText(number: number): string {
  const text = String(Object.is(number, -0) ? 0 : number)
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!parts) return text
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = parts
  const digits = whole + fraction
  const exponent = Number(exponentText)
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  return sign + digits.padEnd(exponent + 1, '0')
}
