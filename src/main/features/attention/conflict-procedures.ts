/** Conflicts decided field by field, and rules made of such decisions. */
import type { Store } from '#main/store/open-store.ts'
import { parseIntegration, storedIntegration } from '#main/use-cases/build-job.ts'
import { previewRule, withRule } from '#main/use-cases/conflict-rule.ts'
import type { Definitions } from '#main/use-cases/definitions.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import { AppError } from '#shared/errors.ts'
import { type Json, type JsonObject, stableStringify } from '#shared/json.ts'
import type { ConflictSides, ConflictUnit, SideValues } from '#shared/model/conflict.ts'
import type { UnitChoice, UnitChoices } from '#shared/model/decision.ts'
import type { Value } from '#shared/model/value.ts'
import { keyOf, notWaiting } from './record-keys.ts'

export interface ConflictParts {
  readonly store: Store
  readonly definitions: Pick<Definitions, 'saveIntegration'>
  /** ISO instant. */
  readonly now: () => string
  readonly publish: (event: AppEvent) => void
}

type ConflictProcedure = 'attention.decide-fields' | 'attention.preview-rule' | 'attention.save-rule'

export function conflictProcedures({ store, definitions, now, publish }: ConflictParts): HandlersOf<ConflictProcedure> {
  return {
    'attention.decide-fields': ({ record, choices, seen }) => {
      const key = keyOf(store, record)
      const conflict = store.decisions.waitingOne(key)?.conflict
      if (!conflict?.facts) throw notWaiting('This conflict does not wait for a decision any more.')
      if (!isSame(conflict, seen)) throw changedMeanwhile()
      store.decisions.decideFields(key, checkedChoices(conflict, choices), now())
      publish({ name: 'attention.changed', payload: { integrationId: record.integrationId } })
      return {}
    },
    'attention.preview-rule': (rule) => previewRule(store, rule),
    'attention.save-rule': async ({ integrationId, unit, policy, expectedVersion }) => {
      const definition = withRule(parseIntegration(storedIntegration(store, integrationId)), { unit, policy })
      // A definition is JSON; the two types differ only in what may be absent.
      const body = JSON.parse(JSON.stringify(definition)) as JsonObject
      const { version, isNew } = await definitions.saveIntegration({ definition: body, expectedVersion })
      if (isNew) publish({ name: 'definitions.changed', payload: {} })
      return { version }
    },
  }
}

function isSame(conflict: SideValues, seen: SideValues): boolean {
  // Values are JSON by definition.
  const textOf = ({ source, destination }: SideValues): string => stableStringify({ source, destination } as Json)
  return textOf(conflict) === textOf(seen)
}

/** One choice for each unit and no other. Throws AppError `choice-missing`, `own-value-invalid`. */
function checkedChoices(conflict: ConflictSides, choices: UnitChoices): UnitChoices {
  const units = conflict.facts?.units ?? []
  return Object.fromEntries(units.map((unit) => [unit.name, checkedChoice(unit, conflict, choices[unit.name])]))
}

function checkedChoice(unit: ConflictUnit, conflict: ConflictSides, choice: UnitChoice | undefined): UnitChoice {
  if (!choice)
    throw refused('choice-missing', `Nothing was chosen for “${unit.name}”.`, 'Choose a side for each field.')
  return choice.take === 'own' ? { take: 'own', value: ownValue(unit, conflict, choice.value) } : choice
}

/** In the kind that both sides hold: what is typed is text. */
function ownValue(
  { name, takesOwn, sourceFields, destinationFields }: ConflictUnit,
  conflict: ConflictSides,
  value: Value,
): Value {
  const text = typeof value === 'string' ? value.trim() : value
  if (!takesOwn || (typeof text !== 'string' && typeof text !== 'number') || text === '')
    throw refused(
      'own-value-invalid',
      `“${name}” takes no value of your own like this.`,
      'Choose one of the two sides.',
    )
  const known = [conflict.source[sourceFields[0] ?? ''], conflict.destination[destinationFields[0] ?? '']]
  if (!known.some((one) => typeof one === 'number')) return String(text)
  if (Number.isFinite(Number(text))) return Number(text)
  throw refused(
    'own-value-invalid',
    `“${name}” is a number on both sides.`,
    'Write a number, with a point for decimals.',
  )
}

function refused(code: string, message: string, next: string): AppError {
  return new AppError({ kind: 'config', code, message, kept: 'Nothing was decided.', next })
}

function changedMeanwhile(): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'changed-meanwhile',
    message: 'A run has read other values since you saw them.',
    kept: 'Nothing was decided.',
    next: 'Look at the values as they are now, and choose again.',
  })
}
