/** A filter as groups of conditions, each a field, a comparison in words and what it is compared with. */
import { Button, Checkbox, NativeSelect, Group as Row, Textarea, TextInput } from '@mantine/core'
import { explainFilter } from '#shared/filter/explain-filter.ts'
import type { Condition, Filter } from '#shared/filter/filter-schema.ts'
import classes from './editor.module.css'
import type { SourceField } from './fields.ts'
import {
  type Comparison,
  comparisonOf,
  comparisons,
  conditionOf,
  filterOf,
  type Group,
  groupOf,
  isCondition,
  isOperandFine,
  joins,
  operandKind,
  operandOf,
  startOperand,
} from './filter-tree.ts'
import { patchRow } from './mapping-edits.ts'
import { SourceSelect } from './source-select.tsx'
import { text } from './text.ts'

export interface FilterEditorProps {
  readonly filter: Filter | undefined
  readonly fields: readonly SourceField[]
  /** Undefined: the last condition is gone. */
  readonly onChange: (filter: Filter | undefined) => void
}

export function FilterEditor({ filter, fields, onChange }: FilterEditorProps) {
  const group = filter ? groupOf(filter) : { join: 'all' as const, items: [] }
  return (
    <div className={classes.filter}>
      <FilterGroup group={group} fields={fields} depth={0} onChange={(next) => onChange(filterOf(next))} />
      {filter && (
        <p className={classes.quiet} dir="auto">
          {`${text.filter.sentence}: ${explainFilter(filter)}.`}
        </p>
      )}
    </div>
  )
}

interface FilterGroupProps {
  readonly group: Group
  readonly fields: readonly SourceField[]
  readonly depth: number
  readonly onChange: (group: Group) => void
}

/** Deeper groups can be written in a definitions file; nobody reads them in a form. */
const deepest = 3

function FilterGroup({ group, fields, depth, onChange }: FilterGroupProps) {
  const { join, items } = group
  const set = (next: readonly Filter[]): void => onChange({ join, items: next })
  const fresh: Condition = { field: fields[0]?.path ?? 'field', empty: false }
  const replace = (index: number, filter: Filter | undefined): void =>
    set(items.flatMap((old, at) => (at === index ? (filter ?? []) : old)))
  return (
    <fieldset className={classes.group}>
      {items.length > 0 && (
        <NativeSelect
          className={classes.join}
          aria-label={text.filter.join}
          value={join}
          data={joins.map((value) => ({ value, label: text.filter[value] }))}
          onChange={(event) =>
            onChange({ join: joins.find((one) => one === event.currentTarget.value) ?? 'all', items })
          }
        />
      )}
      {items.map((item, index) =>
        isCondition(item) ? (
          // Conditions may be equal; their place is their identity.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <ConditionLine key={index} condition={item} fields={fields} onChange={(next) => replace(index, next)} />
        ) : (
          <FilterGroup
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            group={groupOf(item)}
            fields={fields}
            depth={depth + 1}
            onChange={(next) => replace(index, filterOf(next))}
          />
        ),
      )}
      <Row gap="xs">
        <Button size="sm" variant="default" onClick={() => set([...items, fresh])}>
          {text.filter.add}
        </Button>
        {items.length > 0 && depth < deepest && (
          <Button
            size="sm"
            variant="default"
            onClick={() => set([...items, join === 'any' ? { all: [fresh, fresh] } : { any: [fresh] }])}
          >
            {text.filter.addGroup}
          </Button>
        )}
        {depth > 0 && (
          <Button size="sm" variant="default" onClick={() => set([])}>
            {text.filter.removeGroup}
          </Button>
        )}
      </Row>
    </fieldset>
  )
}

interface ConditionLineProps {
  readonly condition: Condition
  readonly fields: readonly SourceField[]
  readonly onChange: (condition: Condition | undefined) => void
}

function ConditionLine({ condition, fields, onChange }: ConditionLineProps) {
  const comparison = comparisonOf(condition)
  const operand = operandOf(condition)
  const choose = (next: Comparison): void => onChange(conditionOf(condition, next, startOperand(next, operand)))
  return (
    <div className={classes.condition}>
      <SourceSelect
        label={text.filter.field}
        value={condition.field}
        fields={fields}
        onChange={(field) => onChange({ ...condition, field })}
        isWithoutLabel
      />
      <NativeSelect
        aria-label={text.filter.operator}
        value={comparison}
        data={comparisons.map((value) => ({ value, label: text.filter.operators[value] }))}
        onChange={(event) => choose(comparisons.find((one) => one === event.currentTarget.value) ?? 'equals')}
      />
      <Operand
        comparison={comparison}
        operand={operand}
        onChange={(next) => onChange(conditionOf(condition, comparison, next))}
      />
      {isAboutText(comparison) && (
        <Checkbox
          size="xs"
          label={text.filter.ignoreCase}
          checked={condition.ignoreCase === true}
          onChange={(event) => onChange(patchRow(condition, { ignoreCase: event.currentTarget.checked || undefined }))}
        />
      )}
      <Button size="compact-sm" variant="default" aria-label={text.filter.remove} onClick={() => onChange(undefined)}>
        {text.items.remove}
      </Button>
    </div>
  )
}

interface OperandProps {
  readonly comparison: Comparison
  readonly operand: string
  readonly onChange: (operand: string) => void
}

function Operand({ comparison, operand, onChange }: OperandProps) {
  const kind = operandKind(comparison)
  if (kind === 'none') return null
  const shared = {
    'aria-label': text.filter.operand,
    value: operand,
    error: isOperandFine(comparison, operand) ? null : text.filter.mistakes[kind],
  }
  if (kind === 'list')
    return (
      <Textarea
        {...shared}
        autosize
        minRows={2}
        maxRows={8}
        placeholder={text.filter.hints.list}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      {...shared}
      placeholder={kind === 'text' || kind === 'number' ? '' : text.filter.hints[kind]}
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function isAboutText(comparison: Comparison): boolean {
  return ['equals', 'oneOf', 'contains', 'startsWith', 'endsWith'].includes(comparison)
}
