/** A list mapped item by item, with a condition and further items made of the record itself. */
import { Button, Checkbox } from '@mantine/core'
import type { ExtraItem, ItemsRule } from '#shared/mapping/schema/mapping-schema.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { itemFields, type SourceField } from './fields.ts'
import { FilterEditor } from './filter-editor.tsx'
import { InnerRows } from './inner-rows.tsx'
import { patchRow } from './mapping-edits.ts'
import { SourceSelect } from './source-select.tsx'
import { valueAt } from './source-words.tsx'
import { text } from './text.ts'

export interface ItemsSectionProps {
  readonly items: ItemsRule
  readonly onChange: (items: ItemsRule) => void
}

export function ItemsSection({ items, onChange }: ItemsSectionProps) {
  const { source, sample } = useEditor()
  const record = source.values[sample.position]
  const list = record && valueAt(record, items.from)
  const lists = source.paths.filter(({ type, path }) => type === 'list' || type === 'any' || path === items.from)
  const inside = fieldsInside(items.from, source)
  const extra = items.extra ?? []
  const setExtra = (next: readonly ExtraItem[]): void =>
    onChange(patchRow(items, { extra: next.length === 0 ? undefined : [...next] }))
  return (
    <div className={classes.part}>
      <SourceSelect
        label={text.items.list}
        value={items.from}
        fields={lists}
        onChange={(from) => onChange({ ...items, from })}
      />
      {Array.isArray(list) && <p className={classes.quiet}>{text.items.result(list.length)}</p>}
      <fieldset className={classes.fieldset}>
        <legend>{text.items.rows}</legend>
        <p className={classes.quiet}>{text.items.rowsHint}</p>
        <InnerRows
          rows={items.rows}
          fields={[...inside, ...reaching(source.paths)]}
          onChange={(rows) => onChange({ ...items, rows })}
        />
      </fieldset>
      <Checkbox
        label={text.items.where}
        checked={items.where !== undefined}
        onChange={(event) =>
          onChange(
            patchRow(items, {
              where: event.currentTarget.checked ? { field: inside[0]?.path ?? 'field', empty: false } : undefined,
            }),
          )
        }
      />
      {items.where && (
        <FilterEditor filter={items.where} fields={inside} onChange={(where) => onChange(patchRow(items, { where }))} />
      )}
      <fieldset className={classes.fieldset}>
        <legend>{text.items.extra}</legend>
        <p className={classes.quiet}>{text.items.extraHint}</p>
        {extra.map((item, index) => (
          // Further items have no identity of their own.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <section key={index} className={classes.extra} aria-label={text.items.extraItem(index + 1)}>
            <div className={classes.stepHead}>
              <strong>{text.items.extraItem(index + 1)}</strong>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setExtra(extra.filter((_, at) => at !== index))}
              >
                {text.items.remove}
              </Button>
            </div>
            <InnerRows
              rows={item.rows}
              fields={source.paths}
              onChange={(rows) => setExtra(extra.map((old, at) => (at === index ? { ...old, rows } : old)))}
            />
            <Checkbox
              label={text.row.when}
              checked={item.when !== undefined}
              onChange={(event) => {
                const when = event.currentTarget.checked
                  ? { field: source.paths[0]?.path ?? 'field', empty: false }
                  : undefined
                setExtra(extra.map((old, at) => (at === index ? patchRow(old, { when }) : old)))
              }}
            />
            {item.when && (
              <FilterEditor
                filter={item.when}
                fields={source.paths}
                onChange={(when) => setExtra(extra.map((old, at) => (at === index ? patchRow(old, { when }) : old)))}
              />
            )}
          </section>
        ))}
        <div>
          <Button
            size="sm"
            variant="default"
            onClick={() => setExtra([...extra, { rows: items.rows.map(({ to }) => ({ to, value: '' })) }])}
          >
            {text.items.addExtra}
          </Button>
        </div>
      </fieldset>
    </div>
  )
}

/** Fields of the items: as described, otherwise as the samples show them. */
function fieldsInside(list: string, source: ReturnType<typeof useEditor>['source']): readonly SourceField[] {
  const described = itemFields(source.fields, list)
  if (described.length > 0) return described
  const names = new Set<string>()
  for (const record of source.values) {
    const items = valueAt(record, list)
    if (!Array.isArray(items)) continue
    for (const item of items)
      if (typeof item === 'object' && item !== null) for (const name of Object.keys(item)) names.add(name)
  }
  return [...names].map((name) => ({ path: name, label: name, type: 'any' }))
}

function reaching(fields: readonly SourceField[]): readonly SourceField[] {
  return fields
    .filter(({ type }) => type !== 'list')
    .map((field) => ({ ...field, path: `^${field.path}`, label: `^${field.label}` }))
}
