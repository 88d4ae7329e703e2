/** The steps of a row, each with what goes in and what comes out for the sample record. */
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { valueText } from '#renderer/ui/value-view.ts'
import { explainStep } from '#shared/mapping/compile-steps.ts'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { Step } from '#shared/mapping/schema/step-schema.ts'
import type { RowTrace } from '#shared/mapping/trace-row.ts'
import type { Value } from '#shared/model/value.ts'
import { AddStep } from './add-step.tsx'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { moved, patchRow } from './mapping-edits.ts'
import { StepForm } from './step-form.tsx'
import { stepName } from './step-kinds.ts'
import { text } from './text.ts'

export interface StepsSectionProps {
  readonly row: Row
  readonly onChange: (row: Row, key?: string) => void
}

export function StepsSection({ row, onChange }: StepsSectionProps) {
  const { source, sample, preview } = useEditor()
  const record = source.values[sample.position]
  const trace = record ? preview.trace(row, record) : undefined
  const steps = row.steps ?? []
  const [opened, setOpened] = useState<number | null>(null)
  const change = (next: readonly Step[], key?: string): void =>
    onChange(patchRow(row, { steps: next.length === 0 && hasSource(row) ? undefined : [...next] }), key)
  if (row.items || row.object) return null
  return (
    <section className={classes.part} aria-label={text.row.stepsTitle}>
      <h3 className={classes.partTitle}>{text.row.stepsTitle}</h3>
      {trace && <p className={classes.flow}>{`${text.row.input}: ${shown(trace.input)}`}</p>}
      {steps.length === 0 && <p className={classes.quiet}>{text.row.noSteps}</p>}
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          // Steps may be equal; their place is their identity.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index} className={classes.step}>
            <div className={classes.stepHead}>
              <span>{sentenceOf(step)}</span>
              <Group gap={4}>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setOpened(opened === index ? null : index)}
                  aria-expanded={opened === index}
                >
                  {opened === index ? text.row.closeStep : text.row.editStep}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={index === 0}
                  onClick={() => change(moved(steps, index, -1))}
                >
                  {text.row.up}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={index === steps.length - 1}
                  onClick={() => change(moved(steps, index, 1))}
                >
                  {text.row.down}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => change(steps.filter((_, at) => at !== index))}
                >
                  {text.row.removeStep}
                </Button>
              </Group>
            </div>
            {opened === index && (
              <StepForm
                step={step}
                row={row}
                place={`steps.${index}`}
                onChange={(next, typedIn) =>
                  change(
                    steps.map((old, at) => (at === index ? next : old)),
                    typedIn === undefined ? undefined : `step-${index}/${typedIn}`,
                  )
                }
              />
            )}
            <StepFlow trace={trace} index={index} />
          </li>
        ))}
      </ol>
      <AddStep
        onAdd={(step) => {
          change([...steps, step])
          setOpened(typeof step === 'string' ? null : steps.length)
        }}
      />
    </section>
  )
}

function StepFlow({ trace, index }: { readonly trace: RowTrace | undefined; readonly index: number }) {
  const step = trace?.steps[index]
  if (!step) return null
  if (step.isStopped)
    return (
      <p className={classes.issue}>
        {trace.issues.at(-1)?.message ?? (trace.questions.length > 0 ? `${text.table.waiting} …` : text.row.stopped)}
      </p>
    )
  return (
    <p className={classes.flow} dir="auto">
      {shown(step.input)} <span aria-hidden="true">→</span> <strong>{shown(step.output)}</strong>
    </p>
  )
}

/** A half-written step has no sentence yet. */
function sentenceOf(step: Step): string {
  try {
    return explainStep(step)
  } catch {
    return stepName(typeof step === 'string' ? step : (Object.keys(step)[0] ?? ''))
  }
}

function hasSource(row: Row): boolean {
  return row.from !== undefined || row.value !== undefined
}

function shown(value: Value | undefined): string {
  return valueText(value) ?? text.row.none
}
