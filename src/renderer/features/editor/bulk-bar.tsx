/** What can be done to all selected lines at once; each is one step back. */
import { Button, Group } from '@mantine/core'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import type { LineView } from './line-view.ts'
import { patchRow } from './mapping-edits.ts'
import { text } from './text.ts'

export interface BulkBarProps {
  readonly lines: readonly LineView[]
  readonly selected: ReadonlySet<string>
  readonly onDone: () => void
}

export function BulkBar({ lines, selected, onDone }: BulkBarProps) {
  const { actions } = useEditor()
  const count = lines.filter(({ name, row }) => row && selected.has(name)).length
  const each = (label: string, edit: (row: Row) => Row | null): void => {
    actions.change({
      label: `${label.toLowerCase()} (${count})`,
      apply: (now) => ({
        ...now,
        mapping: now.mapping.flatMap((row) => (selected.has(row.to) ? (edit(row) ?? []) : row)),
      }),
    })
    onDone()
  }
  return (
    <div className={classes.bulk} role="toolbar" aria-label={text.bulk.selected(count)}>
      <strong>{text.bulk.selected(count)}</strong>
      <Group gap="xs">
        <Button
          size="sm"
          variant="default"
          onClick={() => each(text.bulk.required, (row) => patchRow(row, { required: true }))}
        >
          {text.bulk.required}
        </Button>
        <Button
          size="sm"
          variant="default"
          onClick={() => each(text.bulk.optional, (row) => patchRow(row, { required: undefined }))}
        >
          {text.bulk.optional}
        </Button>
        <Button
          size="sm"
          variant="default"
          onClick={() => each(text.bulk.whenNotEmpty, (row) => patchRow(row, { write: 'when-not-empty' }))}
        >
          {text.bulk.whenNotEmpty}
        </Button>
        <Button size="sm" variant="default" onClick={() => each(text.bulk.clear, () => null)}>
          {text.bulk.clear}
        </Button>
      </Group>
    </div>
  )
}
