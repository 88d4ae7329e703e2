/** Sets of integrations for the screen: their legs, state, and who fills what. Pure. */
import type { Mark } from '#renderer/ui/run-view.ts'
import type { Tone } from '#renderer/ui/tone.ts'
import type { SetPattern } from '#shared/model/leg.ts'
import { endWords, type Integration, integrationMark, nextStep } from './integration-view.ts'
import { text } from './text.ts'

export interface IntegrationSet {
  readonly id: string
  readonly name: string
  readonly pattern: SetPattern
  readonly legs: readonly Integration[]
}

/** The sets in the order of their first legs. */
export function setsOf(integrations: readonly Integration[]): readonly IntegrationSet[] {
  const legs = Map.groupBy(integrations, ({ legOf }) => legOf?.set)
  return [...legs].flatMap(([id, own]) => {
    const first = own[0]?.legOf
    return id === undefined || !first ? [] : [{ id, name: first.name, pattern: first.pattern, legs: own }]
  })
}

/** The mark of the leg that needs a person most. */
export function setMark({ legs }: IntegrationSet): Mark {
  const marks = legs.map(integrationMark).toSorted((a, b) => urgency.indexOf(a.tone) - urgency.indexOf(b.tone))
  return marks[0] ?? { tone: 'quiet', word: '' }
}

const urgency: readonly Tone[] = ['bad', 'warn', 'info', 'ok', 'quiet']

/** 'Rows in Orders → Practice list, Office database'. */
export function setRoute(set: IntegrationSet, connectionNames: ReadonlyMap<string, string>): string {
  const [first] = set.legs
  if (!first) return ''
  const nameOf = ({ connection }: Integration['source']): string => connectionNames.get(connection) ?? connection
  return set.pattern === 'fan-out'
    ? text.route(
        endWords(first.source, connectionNames),
        set.legs.map(({ destination }) => nameOf(destination)).join(', '),
      )
    : text.route(set.legs.map(({ source }) => nameOf(source)).join(', '), endWords(first.destination, connectionNames))
}

/** Legs that can run now, and legs that need a plan first. */
export function readyLegs({ legs }: IntegrationSet): {
  readonly toRun: readonly Integration[]
  readonly toPlan: readonly Integration[]
} {
  const isOf = (kinds: readonly string[]) => (leg: Integration) => kinds.includes(nextStep(leg).kind)
  return { toRun: legs.filter(isOf(['run', 'goOn'])), toPlan: legs.filter(isOf(['first', 'changed'])) }
}

export interface OwnedField {
  readonly field: string
  readonly owner: string
  /** Legs that fill it where it is empty, or when they make the record. */
  readonly others: readonly string[]
}

/** Of an aggregation: which leg each field comes from. */
export function ownedFields({ legs }: IntegrationSet): readonly OwnedField[] {
  const fields = [...new Set(legs.flatMap(({ fills }) => fills.map(({ field }) => field)))]
  return fields.map((field) => {
    const filling = legs.filter(({ fills }) => fills.some((one) => one.field === field))
    const owners = filling.filter(({ fills }) => fills.some((one) => one.field === field && one.isOwned))
    const others = filling.filter((leg) => !owners.includes(leg))
    return { field, owner: owners.map(({ name }) => name).join(', '), others: others.map(({ name }) => name) }
  })
}
