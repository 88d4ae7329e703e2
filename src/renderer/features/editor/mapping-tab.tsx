/** The heart of the editor: one line per destination field, with its rule in words and what it becomes. */
import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { BulkBar } from './bulk-bar.tsx'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { type LineFilter, type LineView, lineFilters, shownLines } from './line-view.ts'
import { MappingLine } from './mapping-line.tsx'
import { RowDrawer } from './row-drawer.tsx'
import { SamplePicker } from './sample-picker.tsx'
import { suggestRows } from './suggest-rows.ts'
import { text } from './text.ts'

export function MappingTab() {
  const { lines } = useEditor()
  const [filter, setFilter] = useState<LineFilter>('all')
  const [search, setSearch] = useState('')
  const [opened, setOpened] = useState<string | null>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const shown = shownLines(lines, filter, search)
  const select = (names: readonly string[], isOn: boolean): void => {
    const next = new Set(selected)
    for (const name of names) isOn ? next.add(name) : next.delete(name)
    setSelected(next)
  }
  const mapped = shown.filter(({ row }) => row)
  return (
    <div className={classes.mapping}>
      <SamplePicker />
      <div className={classes.tools}>
        <TextInput
          label={text.table.search}
          value={search}
          type="search"
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <NativeSelect
          label={text.table.filter}
          value={filter}
          data={lineFilters.map((value) => ({ value, label: text.table.filters[value] }))}
          onChange={(event) => setFilter(lineFilters.find((one) => one === event.currentTarget.value) ?? 'all')}
        />
        <SuggestButton lines={lines} />
      </div>
      {selected.size > 0 && <BulkBar lines={lines} selected={selected} onDone={() => setSelected(new Set())} />}
      {shown.length === 0 ? (
        <div className={classes.empty}>
          <p>{text.table.empty}</p>
          <Button
            variant="default"
            onClick={() => {
              setFilter('all')
              setSearch('')
            }}
          >
            {text.table.showAll}
          </Button>
        </div>
      ) : (
        <table className={classes.table} aria-label={text.table.label}>
          <thead>
            <tr>
              <th scope="col" className={classes.check}>
                <Checkbox
                  aria-label={text.bulk.selectAll}
                  checked={mapped.length > 0 && mapped.every(({ name }) => selected.has(name))}
                  onChange={(event) =>
                    select(
                      mapped.map(({ name }) => name),
                      event.currentTarget.checked,
                    )
                  }
                />
              </th>
              <th scope="col">{text.table.field}</th>
              <th scope="col" className={classes.ruleColumn}>
                {text.table.rule}
              </th>
              <th scope="col" className={classes.valueColumn}>
                {text.table.source}
              </th>
              <th scope="col" className={classes.valueColumn}>
                {text.table.becomes}
              </th>
              <th scope="col">{text.table.state}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <Line
                key={line.name}
                line={line}
                isSelected={selected.has(line.name)}
                onOpen={setOpened}
                onSelect={(isOn) => select([line.name], isOn)}
              />
            ))}
          </tbody>
        </table>
      )}
      <RowDrawer name={opened} onClose={() => setOpened(null)} />
    </div>
  )
}

interface LineProps {
  readonly line: LineView
  readonly isSelected: boolean
  readonly onOpen: (name: string) => void
  readonly onSelect: (isOn: boolean) => void
}

function Line({ line, isSelected, onOpen, onSelect }: LineProps) {
  const { preview, source, sample } = useEditor()
  const record = source.values[sample.position]
  const result = line.row && record ? preview.of(line.row, record) : undefined
  return (
    <MappingLine
      line={line}
      record={record}
      result={result}
      isSelected={isSelected}
      onOpen={onOpen}
      onSelect={onSelect}
    />
  )
}

function SuggestButton({ lines }: { readonly lines: readonly LineView[] }) {
  const { definition, destination, source, actions } = useEditor()
  const [message, setMessage] = useState('')
  const fill = (): void => {
    const taken = new Set(definition.mapping.map(({ to }) => to))
    const rows = suggestRows(destination.object?.fields ?? [], source.paths, taken)
    if (rows.length > 0)
      actions.change({
        label: text.bulk.suggest.toLowerCase(),
        apply: (now) => ({ ...now, mapping: [...now.mapping, ...rows] }),
      })
    setMessage(rows.length > 0 ? text.bulk.suggested(rows.length) : text.bulk.nothing)
  }
  const isOffered = lines.some(({ row }) => !row)
  return (
    <Group gap="sm" className={classes.suggest}>
      {isOffered && (
        <Button variant="default" onClick={fill}>
          {text.bulk.suggest}
        </Button>
      )}
      <span role="status" className={classes.quiet}>
        {message}
      </span>
    </Group>
  )
}
