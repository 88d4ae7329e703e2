/** The fields of an item or of an object: name, where it comes from, and steps as a short list. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import type { InnerRow } from '#shared/mapping/schema/mapping-schema.ts'
import type { Step } from '#shared/mapping/schema/step-schema.ts'
import classes from './editor.module.css'
import type { SourceField } from './fields.ts'
import { LiteralField } from './literal-field.tsx'
import { patchRow } from './mapping-edits.ts'
import { SourceSelect } from './source-select.tsx'
import { StepForm } from './step-form.tsx'
import { nameOf, newStep, stepGroups, stepName } from './step-kinds.ts'
import { text } from './text.ts'
import { useStepKinds } from './use-editor.ts'

export interface InnerRowsProps {
  readonly rows: readonly InnerRow[]
  readonly fields: readonly SourceField[]
  readonly onChange: (rows: readonly InnerRow[]) => void
}

export function InnerRows({ rows, fields, onChange }: InnerRowsProps) {
  const first = fields[0]?.path
  return (
    <div className={classes.innerRows}>
      {rows.map((row, index) => (
        // The name is being typed: it cannot be the identity of its own input.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <section key={index} className={classes.innerRow} aria-label={row.to}>
          <Inner
            row={row}
            fields={fields}
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
            onChange([...rows, { to: freeName(rows), ...(first === undefined ? { value: '' } : { from: first }) }])
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
  readonly onChange: (row: InnerRow) => void
  readonly onRemove: (() => void) | undefined
}

function Inner({ row, fields, onChange, onRemove }: InnerProps) {
  const isFixed = row.from === undefined && row.value !== undefined
  return (
    <>
      <div className={classes.innerHead}>
        <TextInput
          label={text.items.to}
          value={row.to}
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
  const kinds = useStepKinds()
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
      <NativeSelect
        label={text.row.addStep}
        value=""
        data={[
          { value: '', label: '…' },
          ...stepGroups(kinds).map(({ group, steps: offered }) => ({
            group,
            items: offered.map(({ name, description }) => ({
              value: name,
              label: `${stepName(name)}: ${description}`.slice(0, 120),
            })),
          })),
        ]}
        onChange={(event) => {
          const kind = kinds.find(({ name }) => name === event.currentTarget.value)
          if (kind) change([...steps, newStep(kind)])
        }}
      />
    </details>
  )
}

function freeName(rows: readonly InnerRow[]): string {
  for (let number = rows.length + 1; ; number += 1)
    if (!rows.some(({ to }) => to === `field${number}`)) return `field${number}`
}
