/** Two-way: what happens where both sides changed, and where records may be made. */
import { Button, Group, NativeSelect } from '@mantine/core'
import { Card } from '#renderer/ui/card.tsx'
import { type ConflictPolicy, conflictPolicies } from '#shared/model/conflict-policy.ts'
import { AddChoice } from './add-choice.tsx'
import type { Definition } from './draft.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { text } from './text.ts'

type Conflicts = NonNullable<Definition['policies']['conflicts']>

/** The one that needs a further field is written in a definitions file. */
const offered = conflictPolicies.filter((policy) => policy !== 'both')
const creates = ['both', 'destination', 'source'] as const

export function ConflictCard() {
  const { definition, destination, actions } = useEditor()
  const { policies, groups = [], mapping } = definition
  const conflicts = policies.conflicts ?? []
  const labelOf = (name: string): string =>
    destination.object?.fields.find((field) => field.name === name)?.label ?? name
  const set = (patch: Partial<Definition['policies']>): void =>
    actions.change({
      label: text.conflicts.title.toLowerCase(),
      apply: (now) => ({ ...now, policies: { ...now.policies, ...patch } }),
    })
  const setConflicts = (next: Conflicts): void => set({ conflicts: next })
  const named = new Set(conflicts.flatMap(({ fields }) => fields))
  const free = [...groups.map(({ name }) => name), ...mapping.map(({ to }) => to)].filter((name) => !named.has(name))
  return (
    <Card title={text.conflicts.title} hint={text.conflicts.hint}>
      <div className={classes.part}>
        <PolicySelect
          label={text.conflicts.usual}
          value={policies.conflict ?? 'hold'}
          onChange={(conflict) => set({ conflict })}
        />
        {conflicts.map((rule, index) => (
          <div key={rule.fields.join()} className={classes.inline}>
            <PolicySelect
              label={rule.fields.map(labelOf).join(', ')}
              value={rule.policy}
              onChange={(policy) =>
                setConflicts(conflicts.map((old, at) => (at === index ? { fields: old.fields, policy } : old)))
              }
            />
            <Group gap={4}>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`${text.row.removeStep}: ${rule.fields.map(labelOf).join(', ')}`}
                onClick={() => setConflicts(conflicts.filter((_, at) => at !== index))}
              >
                {text.row.removeStep}
              </Button>
            </Group>
          </div>
        ))}
        {free.length > 0 && (
          <AddChoice
            label={text.conflicts.add}
            data={free.map((name) => ({ value: name, label: labelOf(name) }))}
            onAdd={(name) => setConflicts([...conflicts, { fields: [name], policy: 'source' }])}
          />
        )}
        <NativeSelect
          label={text.conflicts.creates}
          value={policies.creates ?? 'both'}
          data={creates.map((value) => ({ value, label: text.conflicts.createChoices[value] }))}
          onChange={(event) => set({ creates: creates.find((one) => one === event.currentTarget.value) ?? 'both' })}
        />
      </div>
    </Card>
  )
}

interface PolicySelectProps {
  readonly label: string
  readonly value: ConflictPolicy
  readonly onChange: (policy: ConflictPolicy) => void
}

function PolicySelect({ label, value, onChange }: PolicySelectProps) {
  const policies = value === 'both' ? conflictPolicies : offered
  return (
    <NativeSelect
      label={label}
      value={value}
      data={policies.map((policy) => ({ value: policy, label: text.conflicts.policies[policy] }))}
      onChange={(event) => onChange(policies.find((one) => one === event.currentTarget.value) ?? 'hold')}
    />
  )
}
