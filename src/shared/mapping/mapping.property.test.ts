/** Properties over generated values, with a fixed seed: money is exact, evaluation never throws and never differs. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter } from '../filter/compile-filter.ts'
import { filterSchema } from '../filter/filter-schema.ts'
import type { Value, Values } from '../model/value.ts'
import { compileMapping } from './compile-mapping.ts'
import type { Answer, Question } from './evaluate-types.ts'
import { decimalText, digitsOfNumber, readNumberText } from './parse/decimal-text.ts'
import { readMapping } from './read-mapping.ts'
import { runSteps } from './testing/run-steps.ts'

const settings = { seed: 20260301, numRuns: 300 }

/** How amounts are written: decimal mark, grouping mark, place of the sign. */
interface Style {
  readonly decimal: '.' | ','
  readonly group: string
  readonly negative: (text: string) => string
}

const styles: readonly Style[] = [
  { decimal: ',', group: '.', negative: (text) => `-${text}` },
  { decimal: '.', group: ',', negative: (text) => `(${text})` },
  { decimal: '.', group: "'", negative: (text) => `${text}-` },
  { decimal: ',', group: '\u00A0', negative: (text) => `−${text} €` },
  { decimal: '.', group: '', negative: (text) => `€ -${text}` },
]

/** Writes an amount by hand, independent of the code under test. */
function written(amountMinor: number, style: Style): string {
  const digits = String(Math.abs(amountMinor)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, style.group)
  const text = `${whole}${style.decimal}${digits.slice(-2)}`
  return amountMinor < 0 ? style.negative(text) : text
}

const minor = fc.integer({ min: -999_999_999_999, max: 999_999_999_999 })

describe('money', () => {
  it('reads back every amount in every style, with and without a declared mark', () => {
    fc.assert(
      fc.property(minor, fc.constantFrom(...styles), fc.boolean(), (amountMinor, style, isDeclared) => {
        const options = isDeclared ? { currency: 'EUR', decimalMark: style.decimal } : { currency: 'EUR' }
        const outcome = runSteps({ steps: [{ money: options }], value: written(amountMinor, style) })
        expect(outcome).toEqual({ value: { amountMinor, currency: 'EUR' } })
      }),
      settings,
    )
  })

  it('gives decimal text that reads as the same amount', () => {
    fc.assert(
      fc.property(minor, fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'), (amountMinor, currency) => {
        const out = runSteps({ steps: [{ money: { currency, unit: 'minor', output: 'decimal' } }], value: amountMinor })
        const text = 'value' in out ? out.value : undefined
        const back = runSteps({ steps: [{ money: { currency, decimalMark: '.' } }], value: text })
        expect(back).toEqual({ value: { amountMinor, currency } })
      }),
      settings,
    )
  })

  it('never rounds unasked: what is accepted has exactly the digits of the text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), (number) => {
        const digits = digitsOfNumber(number)
        if (typeof digits === 'string') return
        expect(Number(decimalText(digits))).toBe(number === 0 ? 0 : number)
      }),
      settings,
    )
  })

  it('reads no text in two different ways depending on the mark without saying so', () => {
    const texts = fc.stringMatching(/^[0-9]{1,4}[.,][0-9]{1,4}$/)
    fc.assert(
      fc.property(texts, (text) => {
        const read = readNumberText(text, undefined)
        if (typeof read === 'string') return
        const others = (['.', ','] as const).map((mark) => readNumberText(text, mark))
        const differing = others.filter(
          (other) => typeof other !== 'string' && decimalText(other) !== decimalText(read),
        )
        // Only leading zeros or a whole part of four digits rule grouping out; then the other mark fails by itself.
        expect(differing).toEqual([])
      }),
      { ...settings, numRuns: 5000 },
    )
  })
})

const everyStep: readonly unknown[] = [
  'trim',
  'collapse-spaces',
  'clean-text',
  'to-text',
  'to-number',
  'to-decimal',
  { money: { currency: 'EUR' } },
  'money',
  'count',
  'sum',
  'date',
  'date-time',
  'phone',
  'normalize-email',
  'country',
  'yes-no',
  'unique',
  { case: 'name' },
  { case: 'title' },
  { replace: { pattern: '(.)x?', with: '$1' } },
  { replace: { text: 'a', with: 'b', ignoreCase: true } },
  { extract: { pattern: '\\w+' } },
  { split: { on: ',' } },
  { split: { pattern: '\\s*' } },
  { join: { with: '-' } },
  { substring: { start: -2 } },
  { pad: { length: 9 } },
  { round: { places: 2, mode: 'half-even' } },
  { multiply: { byField: 'b' } },
  { sum: { field: 'a', times: 'b' } },
  { date: { formats: ['excel', 'unix-seconds', 'd.M.yy', 'EEE, d MMMM yyyy'], zone: 'Europe/Berlin' } },
  { 'date-time': { formats: ['unix-milliseconds', 'iso'], zone: 'America/Sao_Paulo', fold: 'later' } },
  { 'format-date': { format: 'DDDD tt', zone: 'Asia/Tokyo' } },
  { 'shift-date': { months: 1, to: 'month-end' } },
  { region: { countryFrom: 'b' } },
  { 'map-values': { values: { a: 1 } } },
  { 'look-up': { table: [{ a: 'x' }], by: 'a', take: 'a' } },
  { constant: [1] },
  { item: -1 },
  { field: 'a.b' },
  { each: ['trim', { case: 'name' }] },
  { fallback: ['b', { from: 'c', steps: ['date'] }] },
  { link: { object: 'x' } },
  { 'look-up-record': { connection: 'c', object: 'o', by: 'f', take: 'a.b' } },
  { calculate: 'a' },
]

const rows = [
  ...everyStep.map((step, index) => ({ to: `step${index}`, from: 'a', steps: [step] })),
  { to: 'several', from: ['a', 'b.c', '__proto__'], steps: [{ join: { with: ' ' } }] },
  {
    to: 'object',
    object: [{ to: 'x', from: 'a.b' }],
    when: {
      any: [
        { field: 'a', atLeast: 1 },
        { field: 'b', inLast: '7 days' },
      ],
    },
  },
  {
    to: 'items',
    items: {
      from: 'a',
      where: { field: 'b', count: { atMost: 3, where: { field: 'c', contains: 'x' } } },
      rows: [
        { to: 'x', from: 'a', steps: ['money'], default: null },
        { to: '__proto__', from: '^b' },
        { to: 'list', items: { from: 'c', rows: [{ to: 'y', from: '^^a' }] } },
      ],
      extra: [{ when: { field: 'b', empty: false }, rows: [{ to: 'x', from: 'b', required: true }] }],
    },
  },
]

const nasty = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom<Value>(
    '1.234,56',
    '03/04/2025',
    '2025-02-30',
    '+1 212 555 0123',
    'a@b.de',
    '🙂\u200D\uFEFF',
    '\uD800',
    '(',
    '0'.repeat(500),
    1e308,
    -0,
  ),
)
const field = fc.oneof(
  nasty,
  fc.array(fc.oneof(nasty, fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), nasty)), { maxLength: 4 }),
)
// jsonValue and the others give JSON; its type is unknown to fast-check.
const record = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'), field) as fc.Arbitrary<Values>

function answerOf(question: Question): Answer {
  return question.kind === 'link'
    ? { found: true, value: 'x' }
    : ({ found: question.kind === 'record', value: { a: { b: 1 } }, reason: 'no' } as Answer)
}

/** What is no JSON inside a value. */
function strangersIn(value: unknown): readonly string[] {
  const strangers: string[] = []
  JSON.stringify(value, (_key, part: unknown) => {
    if (!['string', 'number', 'boolean', 'object'].includes(typeof part)) strangers.push(typeof part)
    return part
  })
  return strangers
}

describe('evaluate', () => {
  const mapping = compileMapping(readMapping(rows), { defaultCountry: 'DE' })
  const open = { now: '2026-03-01T09:00:00.000Z', answer: () => undefined }
  const answering = { ...open, answer: answerOf }

  it('never throws, gives JSON and leaves the source alone, whatever the record', () => {
    fc.assert(
      fc.property(record, (source) => {
        const before = JSON.stringify(source)
        for (const environment of [open, answering]) {
          const mapped = mapping.evaluate(source, environment)
          expect(strangersIn(mapped.values)).toEqual([])
          for (const issue of mapped.issues) expect(issue.message).toMatch(/.: ./s)
        }
        expect(JSON.stringify(source)).toBe(before)
      }),
      settings,
    )
  })

  it('gives the same for the same record, whatever was evaluated in between', () => {
    const fresh = compileMapping(readMapping(rows), { defaultCountry: 'DE' })
    fc.assert(
      fc.property(record, record, (source, between) => {
        const first = JSON.stringify(mapping.evaluate(source, answering))
        mapping.evaluate(between, answering)
        expect(JSON.stringify(mapping.evaluate(source, answering))).toBe(first)
        expect(JSON.stringify(fresh.evaluate(structuredClone(source), answering))).toBe(first)
      }),
      settings,
    )
  })

  it('asks at most once more when all is answered', () => {
    fc.assert(
      fc.property(record, (source) => {
        expect(mapping.evaluate(source, answering).questions).toEqual([])
      }),
      settings,
    )
  })
})

describe('filters', () => {
  const conditions = [
    { field: 'a', equals: 1 },
    { field: 'a', atLeast: '1.5' },
    { field: 'a', contains: 'x' },
    { field: 'a.b', olderThan: '1 month' },
    { field: 'b', on: '2025-01-01' },
    { field: 'c', empty: true },
    { field: 'a', count: { atLeast: 2 } },
  ]

  it('match or not, say why if they cannot tell, and never throw', () => {
    const moment = { now: '2026-03-01T09:00:00.000Z' }
    fc.assert(
      fc.property(record, fc.constantFrom(...conditions), (source, condition) => {
        const plain = compileFilter(filterSchema.parse(condition))
        const negated = compileFilter(filterSchema.parse({ not: condition }))
        const isOpen = plain.unreadable(source, moment).length > 0
        expect(negated.unreadable(source, moment).length > 0).toBe(isOpen)
        expect(plain.matches(source, moment) !== negated.matches(source, moment)).toBe(!isOpen)
      }),
      settings,
    )
  })
})
