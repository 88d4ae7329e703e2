/** Values translated one by one, as a grid; large lists are pasted from a spreadsheet and searched. */
import { Button, Checkbox, Group, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { sampleValues } from './fields.ts'
import { LiteralField } from './literal-field.tsx'
import { patchRow } from './mapping-edits.ts'
import { pathsOf } from './source-paths.ts'
import { text } from './text.ts'
import { type Literal, readPasted, type ValueTable } from './value-table.ts'

type Otherwise = 'issue' | 'empty' | 'keep' | { readonly value: Literal }

export interface ValueMapOptions {
  readonly values: ValueTable
  readonly otherwise?: Otherwise | undefined
  readonly ignoreCase?: boolean | undefined
}

export interface ValueMapProps {
  readonly options: ValueMapOptions
  readonly row: Row
  /** `typedIn`: the value that is typed into. */
  readonly onChange: (options: ValueMapOptions, typedIn?: string) => void
}

const mostShown = 100
const mostSamples = 50

export function ValueMap({ options, row, onChange }: ValueMapProps) {
  const { source } = useEditor()
  const [search, setSearch] = useState('')
  const entries = Object.entries(options.values)
  const wanted = search.trim().toLowerCase()
  const fitting =
    wanted === '' ? entries : entries.filter(([from, to]) => `${from} ${String(to)}`.toLowerCase().includes(wanted))
  const setValues = (values: ValueTable): void => onChange({ ...options, values })
  const addSamples = (): void => {
    const found = pathsOf(row).flatMap((path) => sampleValues(source.values, path, mostSamples))
    const fresh = found.map(String).filter((value) => !Object.hasOwn(options.values, value))
    setValues({ ...options.values, ...Object.fromEntries(fresh.map((value) => [value, value])) })
  }
  return (
    <div className={classes.valueMap}>
      <Group gap="xs">
        <Button size="sm" variant="default" onClick={addSamples}>
          {text.valueMap.fromSamples}
        </Button>
        <span className={classes.quiet} role="status">
          {text.valueMap.count(entries.length)}
        </span>
      </Group>
      {entries.length > 8 && (
        <TextInput
          label={text.valueMap.search}
          type="search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {fitting.length > mostShown && <p className={classes.quiet}>{text.valueMap.shown(mostShown)}</p>}
      {fitting.slice(0, mostShown).map(([from, to]) => (
        <Entry
          key={from}
          from={from}
          to={to}
          onChange={(next) => onChange({ ...options, values: { ...options.values, [from]: next } }, from)}
          onRemove={() => setValues(Object.fromEntries(entries.filter(([key]) => key !== from)))}
        />
      ))}
      <AddEntry onAdd={(from) => setValues({ ...options.values, [from]: from })} />
      <Paste onTake={(values) => setValues({ ...options.values, ...values })} />
      <NativeSelect
        label="Any other value"
        value={typeof options.otherwise === 'object' ? 'value' : (options.otherwise ?? 'issue')}
        data={[
          { value: 'issue', label: 'makes the record wait' },
          { value: 'keep', label: 'stays as it is' },
          { value: 'empty', label: 'becomes empty' },
          { value: 'value', label: 'becomes this value' },
        ]}
        onChange={(event) => {
          const next = event.currentTarget.value
          onChange({
            ...options,
            otherwise: next === 'value' ? { value: '' } : next === 'keep' || next === 'empty' ? next : 'issue',
          })
        }}
      />
      {typeof options.otherwise === 'object' && (
        <LiteralField
          label="Value for all others"
          value={options.otherwise.value}
          onChange={(value) => onChange({ ...options, otherwise: { value } }, 'otherwise')}
        />
      )}
      <Checkbox
        label="Capital and small letters are the same"
        checked={options.ignoreCase === true}
        onChange={(event) => onChange(patchRow(options, { ignoreCase: event.currentTarget.checked || undefined }))}
      />
    </div>
  )
}

interface EntryProps {
  readonly from: string
  readonly to: Literal
  readonly onChange: (to: Literal) => void
  readonly onRemove: () => void
}

function Entry({ from, to, onChange, onRemove }: EntryProps) {
  return (
    <div className={classes.entry}>
      <span className={classes.entryFrom} dir="auto">
        {from}
      </span>
      <span aria-hidden="true">→</span>
      <TextInput
        aria-label={`${from}: ${text.valueMap.to}`}
        value={to === null ? '' : String(to)}
        onChange={(event) =>
          onChange(
            typeof to === 'number' && /^-?\d+(\.\d+)?$/.test(event.currentTarget.value)
              ? Number(event.currentTarget.value)
              : event.currentTarget.value,
          )
        }
      />
      <Button size="compact-sm" variant="default" onClick={onRemove} aria-label={text.valueMap.remove(from)}>
        {text.row.removeStep}
      </Button>
    </div>
  )
}

function AddEntry({ onAdd }: { readonly onAdd: (from: string) => void }) {
  const [from, setFrom] = useState('')
  const add = (): void => {
    if (from === '') return
    onAdd(from)
    setFrom('')
  }
  return (
    <div className={classes.entry}>
      <TextInput
        label={text.valueMap.from}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && add()}
      />
      <Button size="sm" variant="default" disabled={from === ''} onClick={add}>
        {text.valueMap.add}
      </Button>
    </div>
  )
}

function Paste({ onTake }: { readonly onTake: (values: ValueTable) => void }) {
  const [pasted, setPasted] = useState('')
  const read = readPasted(pasted)
  return (
    <details className={classes.fold}>
      <summary>{text.valueMap.paste}</summary>
      <Textarea
        label={text.valueMap.paste}
        description={text.valueMap.pasteHelp}
        value={pasted}
        rows={5}
        error={read.badRow === undefined ? null : text.valueMap.pasteBad(read.badRow)}
        onChange={(event) => setPasted(event.currentTarget.value)}
      />
      <Button
        mt="xs"
        size="sm"
        variant="default"
        disabled={read.count === 0 || read.badRow !== undefined}
        onClick={() => {
          onTake(read.values)
          setPasted('')
        }}
      >
        {text.valueMap.pasteTake(read.count)}
      </Button>
    </details>
  )
}
