/** Lines of the mapping table with their state in words. Pure. */
import type { Tone } from '#renderer/ui/tone.ts'
import type { FieldView } from '#shared/contract/connections.ts'
import { explainRow } from '#shared/mapping/explain-mapping.ts'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { SourceField } from './fields.ts'
import type { Preview } from './preview.ts'
import type { CheckResult } from './sample-check.ts'
import { missingSources, type TargetLine, targetLines } from './target-rows.ts'
import { text } from './text.ts'

export interface LineView extends TargetLine {
  readonly sentence: string
  readonly mark: { readonly tone: Tone; readonly word: string }
  readonly isProblem: boolean
}

export interface LineFacts {
  readonly mapping: readonly Row[]
  readonly fields: readonly FieldView[]
  readonly source: readonly SourceField[]
  readonly preview: Preview
  readonly check: CheckResult
  readonly sampleCount: number
}

export function lineViews(facts: LineFacts): readonly LineView[] {
  const known = new Set(facts.source.map(({ path }) => path))
  return targetLines(facts.mapping, facts.fields).map((line) => {
    const mark = markOf(line, known, facts)
    return {
      ...line,
      sentence: line.row ? sentenceOf(line.row) : '',
      mark,
      isProblem: mark.tone !== 'ok' && mark.tone !== 'quiet',
    }
  })
}

/** The sentence without what stands in other columns: the field's own name and, of a plain source, where it comes from. */
function sentenceOf(row: Row): string {
  const sentence = explainRow(row).slice(row.to.length + 1)
  const names = typeof row.from === 'string' ? row.from : (row.from ?? []).join(', ')
  const told = `comes from ${names}`
  const rest = names !== '' && sentence.startsWith(told) ? sentence.slice(told.length).replace(/^[:;] /, '') : sentence
  return rest === '.' ? text.table.asItIs : rest.charAt(0).toUpperCase() + rest.slice(1)
}

function markOf(line: TargetLine, known: ReadonlySet<string>, facts: LineFacts): LineView['mark'] {
  const { row, state } = line
  if (state === 'required') return { tone: 'bad', word: text.states.required }
  if (!row) return { tone: 'quiet', word: text.states.free }
  if (state === 'gone' && facts.fields.length > 0) return { tone: 'bad', word: text.states.gone }
  if (state === 'read-only') return { tone: 'bad', word: text.states['read-only'] }
  if (facts.preview.mistakeOf(row)) return { tone: 'bad', word: text.states.mistake }
  if (known.size > 0 && missingSources(row, known).length > 0) return { tone: 'bad', word: text.states.sourceGone }
  const failures = facts.check.failures.get(row) ?? 0
  if (failures > 0) return { tone: 'warn', word: text.states.fails(failures, facts.sampleCount) }
  return { tone: 'ok', word: text.states.ok }
}

export const lineFilters = ['all', 'problems', 'mapped', 'free'] as const
export type LineFilter = (typeof lineFilters)[number]

export function shownLines(lines: readonly LineView[], filter: LineFilter, search: string): readonly LineView[] {
  const wanted = search.trim().toLowerCase()
  return lines.filter((line) => {
    if (filter === 'problems' && !line.isProblem) return false
    if (filter === 'mapped' && !line.row) return false
    if (filter === 'free' && line.row) return false
    return wanted === '' || `${line.name} ${line.label} ${line.sentence}`.toLowerCase().includes(wanted)
  })
}
