/** What a person decided about the fields of a conflict, until the next run has written it. */
import { fieldLabel } from '#renderer/ui/value-view.ts'
import type { ConflictFacts, ConflictSides } from '#shared/model/conflict.ts'
import type { UnitChoice, UnitChoices } from '#shared/model/decision.ts'
import classes from './conflict.module.css'
import { choiceText } from './conflict-view.ts'
import { type ServiceNames, text } from './text.ts'

export interface DecidedFieldsProps {
  readonly conflict: ConflictSides
  readonly facts: ConflictFacts
  readonly choices: UnitChoices
  readonly names: ServiceNames
}

export function DecidedFields({ conflict, facts, choices, names }: DecidedFieldsProps) {
  return (
    <div role="status">
      <p>{text.decided}</p>
      <ul className={classes.decided}>
        {facts.units.map((unit) => {
          const choice = choices[unit.name]
          return (
            choice && (
              <li key={unit.name}>
                {fieldLabel(unit.name)}:{' '}
                <strong dir="auto">{choiceText(unit, conflict, choice) ?? text.nothing}</strong> ({whose(choice, names)}
                )
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

function whose(choice: UnitChoice, names: ServiceNames): string {
  return choice.take === 'own' ? text.own : text.from(names[choice.take])
}
