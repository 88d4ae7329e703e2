/** A conflict in three panes: the person takes a side for each field, or writes a value, and saves it for the next run. */
import { Button, Group } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { fieldLabel } from '#renderer/ui/value-view.ts'
import type { ConflictFacts, ConflictSide, ConflictSides } from '#shared/model/conflict.ts'
import type { UnitChoices } from '#shared/model/decision.ts'
import type { IntegrationNames, Waiting } from '../use-attention.ts'
import classes from './conflict.module.css'
import { chosen, isComplete } from './conflict-view.ts'
import { focusNextConflict } from './next-conflict.ts'
import { OtherFields } from './other-fields.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { text } from './text.ts'
import { UnitRow } from './unit-row.tsx'
import { useDecideFields } from './use-conflict.ts'

export interface ConflictFormProps {
  readonly record: Waiting
  readonly conflict: ConflictSides
  readonly facts: ConflictFacts
  readonly names: IntegrationNames
}

const sides = ['source', 'destination'] as const

export function ConflictForm({ record, conflict, facts, names }: ConflictFormProps) {
  const [choices, setChoices] = useState<UnitChoices>({})
  const [ruleFor, setRuleFor] = useState<string | null>(null)
  const decide = useDecideFields(record)
  const { units } = facts
  const isReady = isComplete(units, choices)
  const takeAll = (take: ConflictSide): void =>
    setChoices(Object.fromEntries(units.map(({ name }) => [name, { take }])))
  const save = (form: HTMLFormElement): void => {
    if (!isReady || decide.isPending) return
    decide.save(choices)
    focusNextConflict(form)
  }
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    save(event.currentTarget)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    save(event.currentTarget)
  }
  const openCount = units.filter(({ name }) => !choices[name]).length
  return (
    <>
      <form className={classes.form} data-conflict onSubmit={onSubmit} onKeyDown={onKeyDown} aria-label={record.label}>
        <div className={classes.heads} aria-hidden="true">
          <span>{names.source}</span>
          <span>{text.result}</span>
          <span>{names.destination}</span>
        </div>
        {units.map((unit) => (
          <div key={unit.name}>
            <UnitRow
              unit={unit}
              conflict={conflict}
              agreedAt={record.agreedAt}
              names={names}
              choice={choices[unit.name]}
              onChoose={(choice) => setChoices((former) => chosen(former, unit.name, choice))}
            />
            {choices[unit.name] && (
              <Button size="compact-sm" variant="subtle" onClick={() => setRuleFor(unit.name)}>
                {text.rule.open(fieldLabel(unit.name))}
              </Button>
            )}
          </div>
        ))}
        <OtherFields conflict={conflict} names={names} />
        {decide.error && <ErrorNotice error={decide.error.info} />}
        <Group gap="xs" mt="sm">
          <Button type="submit" size="sm" disabled={!isReady} loading={decide.isPending}>
            {text.save}
          </Button>
          {units.length > 1 &&
            sides.map((side) => (
              <Button key={side} size="sm" variant="default" onClick={() => takeAll(side)}>
                {text.takeAll(names[side])}
              </Button>
            ))}
          {openCount > 0 && openCount < units.length && (
            <span className={classes.hint}>{text.incomplete(openCount)}</span>
          )}
        </Group>
      </form>
      {/* Outside the form: keys that are pressed in the dialog are not about the conflict. */}
      {ruleFor !== null && (
        <RuleDialog unit={ruleFor} choice={choices[ruleFor]} names={names} onClose={() => setRuleFor(null)} />
      )}
    </>
  )
}
