/** Where a row's value comes from, with what stands there in the sample record. */
import { valueText } from '#renderer/ui/value-view.ts'
import { compileField } from '#shared/mapping/field-path.ts'
import type { InnerRow } from '#shared/mapping/schema/mapping-schema.ts'
import type { Value, Values } from '#shared/model/value.ts'
import classes from './editor.module.css'
import { pathsOf } from './source-paths.ts'
import { text } from './text.ts'

export function SourceWords({ row, record }: { readonly row: InnerRow; readonly record: Values | undefined }) {
  const paths = pathsOf(row)
  if (paths.length === 0)
    return (
      <span className={classes.quiet}>{row.value === undefined ? text.overview.workedOut : text.overview.fixed}</span>
    )
  return (
    <ul className={classes.sources}>
      {paths.map((path) => (
        <li key={path}>
          <span dir="auto">{path}</span>
          {record && <Shown value={valueAt(record, path)} />}
        </li>
      ))}
    </ul>
  )
}

function Shown({ value }: { readonly value: Value | undefined }) {
  const shown = valueText(value)
  return (
    <span className={classes.sampleValue} dir="auto">
      {shown === null ? <i>{text.table.nothing}</i> : shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}
    </span>
  )
}

export function valueAt(record: Values, path: string): Value | undefined {
  return compileField(path)(record)
}
