/** Another step, chosen from all kinds in their groups. */
import type { Step } from '#shared/mapping/schema/step-schema.ts'
import { AddChoice } from './add-choice.tsx'
import { newStep, stepGroups, stepName } from './step-kinds.ts'
import { text } from './text.ts'
import { useStepKinds } from './use-editor.ts'

const mostLetters = 120

export function AddStep({ onAdd }: { readonly onAdd: (step: Step) => void }) {
  const kinds = useStepKinds()
  const data = stepGroups(kinds).map(({ group, steps }) => ({
    group,
    items: steps.map(({ name, description }) => ({
      value: name,
      label: `${stepName(name)}: ${description}`.slice(0, mostLetters),
    })),
  }))
  const add = (name: string): void => {
    const kind = kinds.find((one) => one.name === name)
    if (kind) onAdd(newStep(kind))
  }
  return <AddChoice label={text.row.addStep} data={data} onAdd={add} />
}
