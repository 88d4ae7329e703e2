/** What happens when a value is empty, and when it is written to a record that exists. */
import { Checkbox, NativeSelect } from '@mantine/core'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { FilterEditor } from './filter-editor.tsx'
import { LiteralField } from './literal-field.tsx'
import { patchRow } from './mapping-edits.ts'
import { text } from './text.ts'

const writeRules = ['always', 'on-create', 'when-not-empty', 'fill-empty'] as const

export interface WriteSectionProps {
  readonly row: Row
  readonly onChange: (row: Row, key?: string) => void
}

export function WriteSection({ row, onChange }: WriteSectionProps) {
  const { source } = useEditor()
  const first = source.paths[0]?.path ?? 'field'
  return (
    <details className={classes.fold} open={isSet(row) || undefined}>
      <summary>{text.row.more}</summary>
      <div className={classes.part}>
        <NativeSelect
          label={text.row.write}
          value={row.write ?? 'always'}
          data={writeRules.map((value) => ({ value, label: text.row.writes[value] }))}
          onChange={(event) => {
            const write = writeRules.find((one) => one === event.currentTarget.value)
            onChange(patchRow(row, { write: write === 'always' ? undefined : write }))
          }}
        />
        <Checkbox
          label={text.row.required}
          checked={row.required === true}
          onChange={(event) => onChange(patchRow(row, { required: event.currentTarget.checked || undefined }))}
        />
        <Checkbox
          label={text.row.default}
          checked={row.default !== undefined}
          onChange={(event) => onChange(patchRow(row, { default: event.currentTarget.checked ? '' : undefined }))}
        />
        {row.default !== undefined && (
          <LiteralField
            label={text.row.fixed}
            value={row.default}
            onChange={(value) => onChange({ ...row, default: value }, 'default')}
          />
        )}
        <Checkbox
          label={text.row.when}
          checked={row.when !== undefined}
          onChange={(event) =>
            onChange(patchRow(row, { when: event.currentTarget.checked ? { field: first, empty: false } : undefined }))
          }
        />
        {row.when && (
          <FilterEditor
            filter={row.when}
            fields={source.paths}
            onChange={(when) => onChange(patchRow(row, { when }), 'when')}
          />
        )}
      </div>
    </details>
  )
}

function isSet(row: Row): boolean {
  return row.write !== undefined || row.required !== undefined || row.default !== undefined || row.when !== undefined
}
