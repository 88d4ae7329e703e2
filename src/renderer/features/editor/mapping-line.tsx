/** One line of the mapping table. Drawn anew only when its own row, sample or state changes. */
import { Checkbox } from '@mantine/core'
import { memo } from 'react'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import { valueText } from '#renderer/ui/value-view.ts'
import type { Values } from '#shared/model/value.ts'
import classes from './editor.module.css'
import type { LineView } from './line-view.ts'
import type { RowPreview } from './preview.ts'
import { SourceWords } from './source-words.tsx'
import { text } from './text.ts'

export interface MappingLineProps {
  readonly line: LineView
  readonly record: Values | undefined
  readonly result: RowPreview | undefined
  readonly isSelected: boolean
  readonly onOpen: (name: string) => void
  readonly onSelect: (isOn: boolean) => void
}

export const MappingLine = memo(DrawLine, (a, b) => {
  const same = a.line.row === b.line.row && a.record === b.record && a.result === b.result
  return same && a.isSelected === b.isSelected && a.line.mark.word === b.line.mark.word && a.line.name === b.line.name
})

function DrawLine({ line, record, result, isSelected, onOpen, onSelect }: MappingLineProps) {
  const { row, field } = line
  return (
    <tr data-problem={line.isProblem || undefined}>
      <td className={classes.check}>
        {row && (
          <Checkbox
            aria-label={text.bulk.select(line.label)}
            checked={isSelected}
            onChange={(event) => onSelect(event.currentTarget.checked)}
          />
        )}
      </td>
      <th scope="row">
        <button
          type="button"
          className={classes.open}
          onClick={() => onOpen(line.name)}
          aria-label={row ? text.table.edit(line.label) : text.table.map(line.label)}
        >
          <span dir="auto">{line.label}</span>
          {line.isRequired && <span aria-hidden="true"> *</span>}
        </button>
        <span className={classes.type}>{[field?.type, field?.note].filter(Boolean).join(' · ')}</span>
      </th>
      <td data-label={text.table.rule}>
        {row ? <span dir="auto">{line.sentence}</span> : <i className={classes.quiet}>{text.table.notMapped}</i>}
      </td>
      <td data-label={text.table.source}>{row && <SourceWords row={row} record={record} />}</td>
      <td data-label={text.table.becomes}>{row && <Becomes result={result} />}</td>
      <td data-label={text.table.state}>
        <StatusMark {...line.mark} />
      </td>
    </tr>
  )
}

export function Becomes({ result }: { readonly result: RowPreview | undefined }) {
  if (!result) return null
  if (result.mistake) return <span className={classes.issue}>{result.mistake.message}</span>
  if (result.issues.length > 0)
    return (
      <span className={classes.issue} dir="auto">
        {result.issues[0]?.message}
      </span>
    )
  if (result.isWaiting) return <i className={classes.quiet}>{text.table.waiting} …</i>
  const shown = valueText(result.becomes)
  if (shown === null) return <i className={classes.quiet}>{text.table.nothing}</i>
  return (
    <strong className={classes.becomes} dir="auto">
      {shown}
    </strong>
  )
}
