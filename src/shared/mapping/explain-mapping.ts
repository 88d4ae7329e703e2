/** A mapping in words: one sentence per row, for the editor, the plan and the report. */
import { explainFilter } from '../filter/explain-filter.ts'
import { explainStep, lowerFirst } from './compile-steps.ts'
import type { WriteRule } from './evaluate-types.ts'
import { shown } from './report-issue.ts'
import type { InnerRow, ItemsRule, Mapping, Row } from './schema/mapping-schema.ts'

const writeWords: Readonly<Record<WriteRule, string>> = {
  always: '',
  'on-create': '; written only to new records',
  'when-not-empty': '; not written when it is empty',
  'fill-empty': '; written only where the destination is empty',
}

/** One sentence per row, in the order of the rows. */
export function explainMapping(mapping: Mapping): readonly string[] {
  return mapping.map(explainRow)
}

export function explainRow(row: Row): string {
  return `${body(row)}${writeWords[row.write ?? 'always']}.`
}

function body(row: InnerRow): string {
  const steps = (row.steps ?? []).map((step) => lowerFirst(explainStep(step)).replace(/\.$/, ''))
  const stepWords = steps.length > 0 ? `: ${steps.join('; ')}` : ''
  const defaultWords = row.default === undefined ? '' : `; when empty, ${shown(row.default)}`
  const requiredWords = row.required ? '; must not be empty' : ''
  const whenWords = row.when ? `; only when ${lowerFirst(explainFilter(row.when))}` : ''
  return `${row.to} ${sourceWords(row)}${stepWords}${defaultWords}${requiredWords}${whenWords}`
}

function sourceWords(row: InnerRow): string {
  if (row.value !== undefined) return `is always ${shown(row.value)}`
  if (row.items) return itemsWords(row.items)
  if (row.object) return `is made of ${row.object.map((inner) => `(${body(inner)})`).join(', ')}`
  if (row.from === undefined) return 'is worked out'
  return `comes from ${typeof row.from === 'string' ? row.from : row.from.join(', ')}`
}

function itemsWords(items: ItemsRule): string {
  const where = items.where ? ` where ${lowerFirst(explainFilter(items.where))}` : ''
  const extra = items.extra ? `, plus ${items.extra.length} extra ${items.extra.length === 1 ? 'item' : 'items'}` : ''
  return `has an item for each of ${items.from}${where} with ${items.rows.map((inner) => `(${body(inner)})`).join(', ')}${extra}`
}
