/**
 * The outside of a simulated history: a list and a CRM with people at both who edit and add records, every value written
 * once, so that it can be said of each whether it was lost. What is lost is told by the services, never by the engine.
 */
import type { SeededRandom } from '#main/practice/kit/seeded-random.ts'
import type { PreparedWrite } from '#shared/model/connected.ts'
import type { Value, Values } from '#shared/model/value.ts'
import {
  createMemoryService,
  type Fault,
  type MemoryService,
  type MemoryServiceOptions,
} from '#test/support/memory-service.ts'

type WriteKind = Pick<MemoryServiceOptions, 'createClass' | 'canFind'>

export type SideName = 'list' | 'crm'
export const sideNames = ['list', 'crm'] as const

const fields = { list: ['Name', 'City'], crm: ['name', 'city'] } as const
const keys = { list: 'Email', crm: 'email' } as const

export interface WorldOptions {
  readonly random: SeededRandom
  /** Share of requests that go wrong. */
  readonly faultRate: number
  /** Share of requests during which somebody edits a record. */
  readonly editRate: number
  /** Both services forget what they did with an idempotency key: the twin that must be found out. */
  readonly isForgetful?: boolean
}

export interface World {
  readonly services: Readonly<Record<SideName, MemoryService>>
  readonly edit: (side: SideName) => void
  readonly add: (side: SideName) => void
  /** Values that stood on one side only when something replaced them: person, field, value. */
  readonly replacedUnseen: () => readonly ReplacedValue[]
  /** E-mail addresses that stand more than once on a side. */
  readonly duplicates: () => readonly string[]
  readonly setCalm: (isCalm: boolean) => void
  /** What both sides hold by e-mail address, fields in one order. */
  readonly people: (side: SideName) => ReadonlyMap<string, readonly Value[]>
}

export interface ReplacedValue {
  readonly email: string
  readonly field: string
  readonly value: string
}

export function createWorld({ random, faultRate, editRate, isForgetful }: WorldOptions): World {
  let isCalm = false
  let nextValue = 1
  let nextPerson = 1
  const seen: Record<SideName, Set<string>> = { list: new Set(), crm: new Set() }
  const replaced: ReplacedValue[] = []

  const faultOf = (): Fault | undefined => {
    if (isCalm) return undefined
    if (random.chance(editRate)) edit(random.pick(sideNames))
    if (!random.chance(faultRate)) return undefined
    return { kind: random.pick(['lost', 'dropped', 'refused', 'rejected']) }
  }

  // Keys, a look-up that finds at once, or nothing at all: then what got no answer waits for a person.
  const kinds: readonly [WriteKind, ...WriteKind[]] = [
    { createClass: 'K' },
    { createClass: 'F' },
    { createClass: 'N', canFind: false },
  ]
  // Who can look finds out what a forgotten key has done: the twin has only its keys.
  const onlyKeys: WriteKind = { createClass: 'K', canFind: false }
  const kindOf = isForgetful ? { list: onlyKeys, crm: onlyKeys } : { list: random.pick(kinds), crm: random.pick(kinds) }

  const serviceOf = (side: SideName): MemoryService =>
    createMemoryService({
      name: side === 'list' ? 'rows' : 'contact',
      key: keys[side],
      ...kindOf[side],
      fault: faultOf,
      ...(isForgetful && { forgetsKeys: true }),
      onWritten: (_write: PreparedWrite, before: Values, after: Values) => note(side, before, after),
    })
  const services: Record<SideName, MemoryService> = { list: serviceOf('list'), crm: serviceOf('crm') }

  function note(side: SideName, before: Values, after: Values): void {
    const other = side === 'list' ? 'crm' : 'list'
    for (const field of fields[side]) {
      const [old, value] = [String(before[field] ?? ''), String(after[field] ?? '')]
      if (old === value) continue
      if (old !== '' && !seen[other].has(old))
        replaced.push({ email: String(after[keys[side]]).toLowerCase(), field: field.toLowerCase(), value: old })
      seen[side].add(value)
    }
  }

  const freshValue = (side: SideName): string => {
    const value = `${side}-${nextValue++}`
    seen[side].add(value)
    return value
  }

  function edit(side: SideName): void {
    const ids = [...services[side].records.keys()]
    const id = ids[random.integer(0, Math.max(0, ids.length - 1))]
    const record = id === undefined ? undefined : services[side].records.get(id)
    if (!record) return
    const field = random.pick(fields[side])
    const version = String(Number(record.version ?? '0') + 1)
    services[side].put(record.externalId, { ...record.values, [field]: freshValue(side) }, version)
  }

  const add = (side: SideName): void => {
    const email = `p${nextPerson++}@x.example`
    const values = Object.fromEntries(fields[side].map((field) => [field, freshValue(side)]))
    services[side].put(`${side}-own-${nextPerson}`, { [keys[side]]: email, ...values })
    // Sometimes both sides have the same person already.
    if (!random.chance(0.2)) return
    const other = side === 'list' ? 'crm' : 'list'
    const theirs = Object.fromEntries(fields[other].map((field) => [field, freshValue(other)]))
    services[other].put(`${other}-own-${nextPerson}`, { [keys[other]]: email, ...theirs })
  }

  const emails = (side: SideName): readonly string[] =>
    [...services[side].records.values()].map(({ values }) => String(values[keys[side]]).toLowerCase())

  return {
    services,
    edit,
    add,
    replacedUnseen: () => replaced.splice(0),
    duplicates: () =>
      sideNames.flatMap((side) => emails(side).filter((email, index, all) => all.indexOf(email) !== index)),
    setCalm: (now) => {
      isCalm = now
    },
    people: (side) =>
      new Map(
        [...services[side].records.values()].map(({ values }) => [
          String(values[keys[side]]).toLowerCase(),
          fields[side].map((field) => values[field] ?? null),
        ]),
      ),
  }
}
