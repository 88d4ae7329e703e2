/** One record of a plan or a run as rows: field, before, after, and the reason in words. */
import type { RecordReason } from '#shared/model/run.ts'
import type { Value, Values } from '#shared/model/value.ts'
import type { Reader } from './format.ts'
import type { Tone } from './tone.ts'
import { fieldLabel, valueText } from './value-view.ts'

export interface FieldRow {
  readonly field: string
  readonly label: string
  /** Null: nothing was in it. */
  readonly before: string | null
  readonly after: string | null
  /** Before and after look alike: only spaces or letter case differ. */
  readonly isSubtle: boolean
}

export interface RecordView {
  readonly seq: number
  readonly tone: Tone
  readonly word: string
  readonly label: string
  readonly ids: string
  readonly rows: readonly FieldRow[]
  /** Nothing stood there before: rows carry only what is new. */
  readonly isNew: boolean
  readonly reason: RecordReason | null
}

export interface RecordSource {
  readonly seq: number
  readonly label: string
  readonly sourceId: string
  readonly destinationId: string | null
  readonly before: Values | null
  readonly after: Values | null
  readonly reason: RecordReason | null
}

/** A record for the screen; `word` and `tone` say what became (or would become) of it. */
export function recordView(
  record: RecordSource,
  meaning: { readonly word: string; readonly tone: Tone },
  reader: Reader = {},
): RecordView {
  const isNew = record.before === null
  return {
    seq: record.seq,
    ...meaning,
    label: record.label.trim() === '' ? record.sourceId : record.label,
    ids: record.destinationId === null ? record.sourceId : `${record.sourceId} → ${record.destinationId}`,
    rows: fieldRows(record.before, record.after, reader),
    isNew,
    reason: record.reason,
  }
}

function fieldRows(before: Values | null, after: Values | null, reader: Reader): readonly FieldRow[] {
  const names = new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])
  const changed = [...names].filter((field) => before === null || !isSame(before[field], after?.[field]))
  const rows = changed.map((field) => fieldRow(field, before?.[field], after?.[field], reader))
  return before === null ? rows.filter((row) => row.after !== null) : rows
}

function fieldRow(field: string, before: Value | undefined, after: Value | undefined, reader: Reader): FieldRow {
  const texts = { before: valueText(before, reader), after: valueText(after, reader) }
  return { field, label: fieldLabel(field), ...texts, isSubtle: looksAlike(texts.before, texts.after) }
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function looksAlike(before: string | null, after: string | null): boolean {
  if (before === null || after === null) return false
  return plain(before) === plain(after)
}

function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase()
}
