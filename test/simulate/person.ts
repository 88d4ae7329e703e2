/** The person of a simulated history: decides conflicts that wait, field by field, and remembers what was given up for it. */
import type { SeededRandom } from '#main/practice/kit/seeded-random.ts'
import type { WaitingRecord } from '#main/store/decision-store.ts'
import type { Store } from '#main/store/open-store.ts'
import type { ConflictSides, ConflictUnit, SideValues } from '#shared/model/conflict.ts'
import type { UnitChoice } from '#shared/model/decision.ts'

export interface Person {
  /** Decides some of the conflicts that wait, or takes a decision back. */
  readonly decide: (store: Store) => void
  /** Whether the person saw this value and chose another one. */
  readonly gaveUp: (value: string) => boolean
}

export function createPerson(random: SeededRandom): Person {
  const givenUp = new Set<string>()
  let nextOwn = 1

  const choose = (unit: ConflictUnit): UnitChoice => {
    if (unit.takesOwn && random.chance(0.3)) return { take: 'own', value: `own-${nextOwn++}` }
    return { take: random.pick(['source', 'destination']) }
  }

  const giveUp = (
    values: SideValues,
    { sourceFields, destinationFields }: ConflictUnit,
    { take }: UnitChoice,
  ): void => {
    if (take !== 'source') for (const field of sourceFields) givenUp.add(String(values.source[field]))
    if (take !== 'destination') for (const field of destinationFields) givenUp.add(String(values.destination[field]))
  }

  const decideOne = (
    store: Store,
    record: WaitingRecord,
    conflict: ConflictSides,
    units: readonly ConflictUnit[],
  ): void => {
    const choices = units.map((unit) => [unit, choose(unit)] as const)
    for (const [unit, choice] of choices) giveUp(conflict, unit, choice)
    const byName = Object.fromEntries(choices.map(([{ name }, choice]) => [name, choice]))
    store.decisions.decideFields(record, byName, 'now')
  }

  return {
    decide: (store) => {
      for (const record of store.decisions.waiting({ limit: 50 })) {
        const { conflict } = record
        if (!conflict?.facts || random.chance(0.4)) continue
        if (record.decision === null) decideOne(store, record, conflict, conflict.facts.units)
        else if (random.chance(0.3)) store.decisions.withdraw(record)
      }
    },
    gaveUp: (value) => givenUp.has(value),
  }
}
