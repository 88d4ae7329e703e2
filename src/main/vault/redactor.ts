/**
 * Takes secrets out of texts that leave the core: logs, errors, exports. It knows the secrets that passed through the
 * vault since the start, so one that was never read cannot be missed: it cannot be in a text either.
 */
import type { ErrorInfo } from '#shared/errors.ts'
import type { Json } from '#shared/json.ts'
import { formsOf, secretPieces } from './redacted-forms.ts'

const mark = '[secret]'
const shortestCutForm = 8

export interface Redactor {
  /** From now on this value is taken out in all its shapes. */
  readonly learn: (value: string) => void
  readonly text: (text: string) => string
  /** Every text of a JSON value, names included. */
  readonly json: (value: Json) => Json
  readonly error: (info: ErrorInfo) => ErrorInfo
}

export function createRedactor(): Redactor {
  const learned = new Set<string>()
  const forms = new Set<string>()
  const text = (input: string): string => redactText(input, forms)
  const json = (value: Json): Json => redactJson(value, text)
  return {
    learn: (value) => {
      if (learned.has(value)) return
      learned.add(value)
      for (const piece of new Set(secretPieces(value))) for (const form of formsOf(piece)) forms.add(form)
    },
    text,
    json,
    error: (info) => redactError(info, text),
  }
}

/** Overlapping finds become one mark, so no rest of one secret stays beside another. */
function redactText(input: string, forms: ReadonlySet<string>): string {
  const spans: Span[] = []
  for (const form of forms) {
    for (let at = input.indexOf(form); at !== -1; at = input.indexOf(form, at + 1)) {
      spans.push({ start: at, end: at + form.length })
    }
    const cut = cutFormAt(input, form)
    if (cut !== null) spans.push({ start: cut, end: input.length })
  }
  return spans.length === 0 ? input : withMarks(input, spans)
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Texts are shortened to a length before they are stored: where the beginning of a secret stands at the very end, or null. */
function cutFormAt(input: string, form: string): number | null {
  if (form.length <= shortestCutForm) return null
  const beginning = form.slice(0, shortestCutForm)
  const from = Math.max(0, input.length - form.length + 1)
  for (let at = input.indexOf(beginning, from); at !== -1; at = input.indexOf(beginning, at + 1)) {
    if (form.startsWith(input.slice(at))) return at
  }
  return null
}

function withMarks(input: string, spans: readonly Span[]): string {
  let result = ''
  let done = 0
  let end = -1
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start > end) {
      result += end === -1 ? input.slice(0, span.start) + mark : input.slice(done, span.start) + mark
      end = span.end
    } else end = Math.max(end, span.end)
    done = end
  }
  return result + input.slice(done)
}

function redactJson(value: Json, text: (input: string) => string): Json {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') return redactNumber(value, text)
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.map((item) => redactJson(item, text))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [text(name), redactJson(item, text)]))
}

/** A PIN that was typed as a number is a secret too. */
function redactNumber(value: number, text: (input: string) => string): number | string {
  const shown = String(value)
  return text(shown) === shown ? value : mark
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function redactError(info: ErrorInfo, text: (input: string) => string): ErrorInfo {
  const details = Object.entries(info.details ?? {}).map(([name, value]) => [
    text(name),
    typeof value === 'string' ? text(value) : typeof value === 'number' ? redactNumber(value, text) : value,
  ])
  return {
    kind: info.kind,
    code: info.code,
    message: text(info.message),
    ...(info.kept === undefined ? {} : { kept: text(info.kept) }),
    ...(info.next === undefined ? {} : { next: text(info.next) }),
    ...(info.details === undefined ? {} : { details: Object.fromEntries(details) }),
  }
}
