/** Records as they should not be but will be: the sample with one field at a time replaced by something odd. Pure. */
import { compileField, isEmpty } from '#shared/mapping/field-path.ts'
import { isRecord } from '#shared/mapping/shape.ts'
import { isMoney, type Value, type Values } from '#shared/model/value.ts'

export const caseKinds = [
  'absent',
  'null',
  'empty',
  'spaces',
  'longest',
  'special',
  'script',
  'date',
  'number',
  'zero',
] as const
export type CaseKind = (typeof caseKinds)[number]

export interface EdgeCase {
  readonly kind: CaseKind
  readonly field: string
  readonly record: Values
  /** What stands in the field. */
  readonly value: Value | undefined
}

const longText = 'Maximilian Konstantin von und zu Hohenberg-Lichtenstein '.repeat(20).trim()

/** What each kind puts into a field; undefined: the kind makes no sense for such a value. */
const makers: Readonly<
  Record<CaseKind, (value: Value | undefined, samples: readonly Values[], field: string) => readonly Value[]>
> = {
  absent: () => [],
  null: () => [null],
  empty: (value) => (typeof value === 'string' || value === undefined ? [''] : Array.isArray(value) ? [[]] : []),
  spaces: (value) => (isText(value) ? [' \u00a0\t '] : []),
  longest: (value, samples, field) => (isText(value) ? [longest(samples, field), longText] : []),
  special: (value) => (isText(value) ? ['O’Neil, "Ann" <a&b>; =1+1\nsecond line'] : []),
  script: (value) => (isText(value) ? ['Ελένη Παπαδοπούλου', '佐藤 健', 'سارة', 'Zoë🙂'] : []),
  date: (value) =>
    isText(value) && looksLikeDate(value) ? ['2026-02-29', '31.04.2026', '03/04/2026', '0000-00-00', 'tomorrow'] : [],
  number: (value) =>
    isText(value) && /\d/.test(value)
      ? ['1.234,56', '1,234.56', '(12.50)', '12-', 'n/a']
      : typeof value === 'number'
        ? [-1, 0.1, 9_007_199_254_740_991]
        : [],
  zero: (value) =>
    typeof value === 'number'
      ? [0]
      : isMoney(value)
        ? [
            { amountMinor: 0, currency: value.currency },
            { amountMinor: -1, currency: value.currency },
          ]
        : [],
}

/** Cases for the fields a mapping reads ('city', 'address.city'), each made from a sample that has something there. */
export function edgeCases(fields: readonly string[], samples: readonly Values[]): readonly EdgeCase[] {
  return fields.flatMap((field) => {
    const sample = samples.find((one) => !isEmpty(readField(one, field))) ?? samples[0] ?? {}
    return caseKinds.flatMap((kind): readonly EdgeCase[] => {
      if (kind === 'absent') return [{ kind, field, record: withField(sample, field, undefined), value: undefined }]
      return makers[kind](readField(sample, field), samples, field).map((value) => ({
        kind,
        field,
        record: withField(sample, field, value),
        value,
      }))
    })
  })
}

function readField(record: Values, path: string): Value | undefined {
  return compileField(path)(record)
}

/** The record with another value at a path; undefined takes the field out. */
function withField(record: Values, path: string, value: Value | undefined): Values {
  const dot = path.indexOf('.')
  const first = dot < 0 ? path : path.slice(0, dot)
  const inner = record[first]
  if (dot < 0 || Object.hasOwn(record, path) || !isRecord(inner)) return setOrDrop(record, path, value)
  return { ...record, [first]: withField(inner, path.slice(dot + 1), value) }
}

function setOrDrop(record: Values, field: string, value: Value | undefined): Values {
  if (value !== undefined) return { ...record, [field]: value }
  const { [field]: _gone, ...rest } = record
  return rest
}

function isText(value: Value | undefined): value is string {
  return typeof value === 'string'
}

function looksLikeDate(text: string): boolean {
  return /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/.test(text)
}

function longest(samples: readonly Values[], field: string): string {
  const texts = samples.map((sample) => readField(sample, field)).filter(isText)
  return texts.reduce((found, text) => (text.length > found.length ? text : found), '')
}
