/** The fields of an item or of an object: name, where it comes from, and steps as a short list. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useId } from 'react'
import { Notice } from '#renderer/ui/notice.tsx'
import type { FieldView } from '#shared/contract/connections.ts'
import type { InnerRow } from '#shared/mapping/schema/mapping-schema.ts'
import type { Step } from '#shared/mapping/schema/step-schema.ts'
import { AddStep } from './add-step.tsx'
import classes from './editor.module.css'
import type { SourceField } from './fields.ts'
import { missingInner } from './inner-start.ts'
import { LiteralField } from './literal-field.tsx'
import { patchRow } from './mapping-edits.ts'
import { SourceSelect } from './source-select.tsx'
import { StepForm } from './step-form.tsx'
import { nameOf, stepName } from './step-kinds.ts'
import { text } from './text.ts'

export interface InnerRowsProps {
  readonly rows: readonly InnerRow[]
  readonly fields: readonly SourceField[]
  /** What may be filled, as the destination describes it; empty: it does not say. */
  readonly targets: readonly FieldView[]
  readonly onChange: (rows: readonly InnerRow[]) => void
}

export function InnerRows({ rows, fields, targets, onChange }: InnerRowsProps) {
  const first = fields[0]?.path
  const known = useId()
  const missing = missingInner(targets, rows)
  return (
    <div className={classes.innerRows}>
      <datalist id={known}>
        {targets.map(({ name, label }) => (
          <option key={name} value={name} label={label ?? name} />
        ))}
      </datalist>
      {missing.length > 0 && <Notice tone="warn" title={text.items.missing(missing.map(wordOf).join(', '))} />}
      {rows.map((row, index) => (
        // The name is being typed: it cannot be the identity of its own input.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <section key={index} className={classes.innerRow} aria-label={row.to}>
          <Inner
            row={row}
            fields={fields}
            known={known}
            onChange={(next) => onChange(rows.map((old, at) => (at === index ? next : old)))}
            onRemove={rows.length > 1 ? () => onChange(rows.filter((_, at) => at !== index)) : undefined}
          />
        </section>
      ))}
      <div>
        <Button
          size="sm"
          variant="default"
          onClick={() =>
            onChange([
              ...rows,
              { to: missing[0]?.name ?? freeName(rows), ...(first === undefined ? { value: '' } : { from: first }) },
            ])
          }
        >
          {text.items.add}
        </Button>
      </div>
    </div>
  )
}

interface InnerProps {
  readonly row: InnerRow
  readonly fields: readonly SourceField[]
  /** The list of names that may be filled. */
  readonly known: string
  readonly onChange: (row: InnerRow) => void
  readonly onRemove: (() => void) | undefined
}

function Inner({ row, fields, known, onChange, onRemove }: InnerProps) {
  const isFixed = row.from === undefined && row.value !== undefined
  return (
    <>
      <div className={classes.innerHead}>
        <TextInput
          label={text.items.to}
          value={row.to}
          list={known}
          onChange={(event) => onChange({ ...row, to: event.currentTarget.value })}
        />
        <NativeSelect
          label={text.row.from}
          value={isFixed ? 'value' : 'field'}
          data={[
            { value: 'field', label: text.row.kinds.field },
            { value: 'value', label: text.row.kinds.value },
          ]}
          onChange={(event) =>
            onChange(
              event.currentTarget.value === 'value'
                ? { ...patchRow(row, { from: undefined }), value: '' }
                : { ...patchRow(row, { value: undefined }), from: fields[0]?.path ?? 'field' },
            )
          }
        />
        {onRemove && (
          <Button size="compact-sm" variant="default" onClick={onRemove} aria-label={`${text.items.remove}: ${row.to}`}>
            {text.items.remove}
          </Button>
        )}
      </div>
      {isFixed ? (
        <LiteralField
          label={text.row.fixed}
          value={row.value ?? null}
          onChange={(value) => onChange({ ...row, value })}
        />
      ) : (
        <SourceSelect
          label={text.row.source}
          value={typeof row.from === 'string' ? row.from : ''}
          fields={fields}
          onChange={(from) => onChange({ ...row, from })}
        />
      )}
      <InnerSteps row={row} onChange={onChange} />
    </>
  )
}

function InnerSteps({ row, onChange }: { readonly row: InnerRow; readonly onChange: (row: InnerRow) => void }) {
  const steps = row.steps ?? []
  const change = (next: readonly Step[]): void =>
    onChange(patchRow(row, { steps: next.length === 0 ? undefined : [...next] }))
  return (
    <details className={classes.fold} open={steps.length > 0 || undefined}>
      <summary>{`${text.row.stepsTitle} (${steps.length})`}</summary>
      {steps.map((step, index) => (
        // Steps may be equal; their place is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index} className={classes.step}>
          <div className={classes.stepHead}>
            <span>{stepName(nameOf(step))}</span>
            <Button size="compact-sm" variant="default" onClick={() => change(steps.filter((_, at) => at !== index))}>
              {text.row.removeStep}
            </Button>
          </div>
          {typeof step !== 'string' && (
            <StepForm
              step={step}
              row={row}
              place={`steps.${index}`}
              onChange={(next) => change(steps.map((old, at) => (at === index ? next : old)))}
            />
          )}
        </div>
      ))}
      <AddStep onAdd={(step) => change([...steps, step])} />
    </details>
  )
}

function wordOf({ name, label }: FieldView): string {
  return label ?? name
}

function freeName(rows: readonly InnerRow[]): string {
  for (let number = rows.length + 1; ; number += 1)
    if (!rows.some(({ to }) => to === `field${number}`)) return `field${number}`
}
