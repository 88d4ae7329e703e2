/** Where the value of a row comes from: a field, several, a fixed value, a list, parts, or a step that needs no source. */
import { Button, Group, NativeSelect } from '@mantine/core'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import type { SourceField } from './fields.ts'
import { InnerRows } from './inner-rows.tsx'
import { ItemsSection } from './items-section.tsx'
import { LiteralField } from './literal-field.tsx'
import { moved, patchRow, type SourceKind, sourceKind } from './mapping-edits.ts'
import { SourceSelect } from './source-select.tsx'
import { text } from './text.ts'

export interface SourceSectionProps {
  readonly row: Row
  /** Nothing fills the field yet: nothing is chosen. */
  readonly isNew: boolean
  readonly onChange: (row: Row, key?: string) => void
}

const kinds: readonly SourceKind[] = ['field', 'fields', 'value', 'items', 'object', 'worked-out']

export function SourceSection({ row, isNew, onChange }: SourceSectionProps) {
  const { source, destination } = useEditor()
  const field = destination.object?.fields.find(({ name }) => name === row.to)
  const kind = isNew ? (field?.type === 'list' ? 'items' : 'field') : sourceKind(row)
  const offered = kinds.filter((one) => one === kind || isFitting(one, field?.type))
  return (
    <section className={classes.part}>
      {!isNew && (
        <NativeSelect
          label={text.row.from}
          value={kind}
          data={offered.map((value) => ({ value, label: text.row.kinds[value] }))}
          onChange={(event) => {
            const next = offered.find((one) => one === event.currentTarget.value)
            if (next) onChange(emptyOf(row, next, source.paths))
          }}
        />
      )}
      <RowSource row={row} kind={kind} fields={source.paths} onChange={onChange} />
      {isNew && (
        <Group gap="xs">
          {offered
            .filter((one) => one !== kind)
            .map((one) => (
              <Button
                key={one}
                size="compact-sm"
                variant="default"
                onClick={() => onChange(emptyOf(row, one, source.paths))}
              >
                {text.row.kinds[one]}
              </Button>
            ))}
        </Group>
      )}
    </section>
  )
}

/** Lists are mapped item by item or taken whole; parts make objects. */
function isFitting(kind: SourceKind, type: string | undefined): boolean {
  if (kind === 'items') return type === 'list' || type === 'any' || type === undefined
  if (kind === 'object') return type === 'object' || type === 'any' || type === undefined
  return true
}

/** The row with another kind of source, as empty as it can be and still be a row. */
function emptyOf(row: Row, kind: SourceKind, fields: readonly SourceField[]): Row {
  const bare = patchRow(row, { from: undefined, value: undefined, items: undefined, object: undefined })
  const first = fields[0]?.path ?? 'field'
  const list = fields.find(({ type }) => type === 'list')?.path ?? first
  switch (kind) {
    case 'field':
      return { ...bare, from: first }
    case 'fields':
      return {
        ...bare,
        from: [first],
        steps: row.steps && row.steps.length > 0 ? row.steps : [{ join: { with: ' ' } }],
      }
    case 'value':
      return { ...bare, value: '' }
    case 'items':
      return { ...patchRow(bare, { steps: undefined }), items: { from: list, rows: [{ to: 'name', value: '' }] } }
    case 'object':
      return { ...patchRow(bare, { steps: undefined }), object: [{ to: 'name', value: '' }] }
    case 'worked-out':
      return { ...bare, steps: row.steps && row.steps.length > 0 ? row.steps : [{ calculate: 'source' }] }
  }
}

interface RowSourceProps {
  readonly row: Row
  readonly kind: SourceKind
  readonly fields: readonly SourceField[]
  readonly onChange: (row: Row, key?: string) => void
}

function RowSource({ row, kind, fields, onChange }: RowSourceProps) {
  if (kind === 'field')
    return (
      <SourceSelect
        label={text.row.source}
        value={typeof row.from === 'string' ? row.from : ''}
        fields={fields}
        onChange={(from) => onChange({ ...row, from })}
      />
    )
  if (kind === 'fields') return <SeveralSources row={row} fields={fields} onChange={onChange} />
  if (kind === 'value')
    return (
      <LiteralField
        label={text.row.fixed}
        value={row.value ?? null}
        onChange={(value) => onChange({ ...row, value }, 'value')}
      />
    )
  if (kind === 'items' && row.items)
    return <ItemsSection items={row.items} onChange={(items) => onChange({ ...row, items }, 'items')} />
  if (kind === 'object')
    return (
      <fieldset className={classes.fieldset}>
        <legend>{text.items.parts}</legend>
        <InnerRows
          rows={row.object ?? []}
          fields={fields}
          onChange={(object) => onChange({ ...row, object }, 'object')}
        />
      </fieldset>
    )
  return null
}

function SeveralSources({ row, fields, onChange }: Omit<RowSourceProps, 'kind'>) {
  const paths: readonly string[] = Array.isArray(row.from) ? row.from : []
  const change = (from: readonly string[]): void => onChange({ ...row, from: [...from] })
  return (
    <fieldset className={classes.fieldset}>
      <legend>{text.row.sources}</legend>
      {paths.map((path, index) => (
        // The same field may stand twice; places are their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index} className={classes.inline}>
          <SourceSelect
            label={`${text.row.source} ${index + 1}`}
            value={path}
            fields={fields}
            onChange={(next) => change(paths.map((old, at) => (at === index ? next : old)))}
          />
          <Group gap={4}>
            <Button
              size="compact-sm"
              variant="default"
              disabled={index === 0}
              onClick={() => change(moved(paths, index, -1))}
            >
              {text.row.up}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={paths.length === 1}
              onClick={() => change(paths.filter((_, at) => at !== index))}
            >
              {text.row.removeStep}
            </Button>
          </Group>
        </div>
      ))}
      <div>
        <Button size="sm" variant="default" onClick={() => change([...paths, fields[0]?.path ?? 'field'])}>
          {text.row.addSource}
        </Button>
      </div>
    </fieldset>
  )
}
