/** How one field is filled: source, steps with what goes in and comes out, and when it is written. */
import { Button, Drawer, Group } from '@mantine/core'
import { Notice } from '#renderer/ui/notice.tsx'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { removeRow, setRow } from './mapping-edits.ts'
import { Becomes } from './mapping-line.tsx'
import { SourceSection } from './source-section.tsx'
import { StepsSection } from './steps-section.tsx'
import { stepsFor } from './suggest-rows.ts'
import { text } from './text.ts'
import { WriteSection } from './write-section.tsx'

export function RowDrawer({ name, onClose }: { readonly name: string | null; readonly onClose: () => void }) {
  const { destination } = useEditor()
  const field = destination.object?.fields.find((one) => one.name === name)
  return (
    <Drawer
      opened={name !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={name === null ? '' : text.row.title(field?.label ?? name)}
      closeButtonProps={{ 'aria-label': text.row.close }}
    >
      {name !== null && <RowEditor key={name} name={name} onClose={onClose} />}
    </Drawer>
  )
}

function RowEditor({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { definition, destination, source, sample, preview, actions } = useEditor()
  const row = definition.mapping.find(({ to }) => to === name)
  const field = destination.object?.fields.find((one) => one.name === name)
  const shown: Row = row ?? { to: name, steps: field ? stepsFor(field) : [] }
  const record = source.values[sample.position]
  const change = (next: Row, key?: string): void =>
    actions.change({
      label: `${field?.label ?? name}`,
      ...(key === undefined ? {} : { key: `${name}/${key}` }),
      apply: (now) => ({ ...now, mapping: setRow(now.mapping, next) }),
    })
  const mistake = row && preview.mistakeOf(row)
  return (
    <div className={classes.drawer}>
      <SourceSection row={shown} isNew={!row} onChange={change} />
      {row && <StepsSection row={row} onChange={change} />}
      {mistake && <Notice tone="bad" title={mistake.message} />}
      {row && record && (
        <section className={classes.result} aria-label={text.row.result} role="status">
          <span className={classes.quiet}>{text.row.result}</span>
          <Becomes result={preview.of(row, record)} />
        </section>
      )}
      {row && <WriteSection row={row} onChange={change} />}
      <Group justify="space-between">
        {row ? (
          <Button
            variant="subtle"
            color="red"
            onClick={() => {
              actions.change({
                label: text.row.remove.toLowerCase(),
                apply: (now) => ({ ...now, mapping: removeRow(now.mapping, name) }),
              })
              onClose()
            }}
          >
            {text.row.remove}
          </Button>
        ) : (
          <span />
        )}
        <Button onClick={onClose}>{text.row.close}</Button>
      </Group>
    </div>
  )
}
