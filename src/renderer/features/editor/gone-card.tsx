/** What happens at the destination when a record is gone from the source. */
import { NativeSelect } from '@mantine/core'
import { Card } from '#renderer/ui/card.tsx'
import type { DeletePolicy } from '#shared/model/delete-policy.ts'
import type { Definition } from './draft.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { LiteralField } from './literal-field.tsx'
import { text } from './text.ts'

const choices = ['leave', 'hold', 'set', 'delete'] as const
type Choice = (typeof choices)[number]

export function GoneCard() {
  const { definition, destination, actions } = useEditor()
  const policy = definition.policies.deletes ?? 'leave'
  const fields = (destination.object?.fields ?? []).filter(({ readOnly }) => readOnly !== true)
  const mapped = new Set(definition.mapping.map(({ to }) => to))
  const first = fields.find(({ name }) => !mapped.has(name)) ?? fields[0]
  const set = (deletes: DeletePolicy): void =>
    actions.change({
      label: text.gone.title.toLowerCase(),
      apply: (now) => ({ ...now, policies: withDeletes(now.policies, deletes) }),
    })
  const choose = (choice: Choice | undefined): void => {
    if (choice !== 'set') set(choice ?? 'leave')
    else if (first) set({ set: { [first.name]: '' } })
  }
  return (
    <Card title={text.gone.title} hint={text.gone.hint}>
      <div className={classes.part}>
        <NativeSelect
          aria-label={text.gone.title}
          value={typeof policy === 'object' ? 'set' : policy}
          data={choices.map((value) => ({
            value,
            label: text.gone.choices[value],
            disabled: value === 'set' && !first,
          }))}
          onChange={(event) => choose(choices.find((one) => one === event.currentTarget.value))}
        />
        {typeof policy === 'object' &&
          Object.entries(policy.set).map(([field, value]) => (
            <div key={field} className={classes.inline}>
              <NativeSelect
                label={text.gone.field}
                value={field}
                data={[
                  ...(fields.some(({ name }) => name === field) ? [] : [{ value: field, label: field }]),
                  ...fields.map(({ name, label }) => ({ value: name, label: label ?? name })),
                ]}
                onChange={(event) => set({ set: renamed(policy.set, field, event.currentTarget.value) })}
              />
              <LiteralField
                label={text.gone.value}
                value={value}
                onChange={(next) => set({ set: { ...policy.set, [field]: next } })}
              />
            </div>
          ))}
      </div>
    </Card>
  )
}

type Marks = Extract<DeletePolicy, object>['set']

function renamed(marks: Marks, field: string, next: string): Marks {
  return Object.fromEntries(Object.entries(marks).map(([name, value]) => [name === field ? next : name, value]))
}

function withDeletes(policies: Definition['policies'], deletes: DeletePolicy): Definition['policies'] {
  const { deletes: _old, ...others } = policies
  return deletes === 'leave' ? others : { ...others, deletes }
}
