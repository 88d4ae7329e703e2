/**
 * The outside of a simulated history of legs: one to four sources and one to four destinations, with people at all of
 * them. Sources lose records, and sometimes only seem to; destinations keep a note of their own in every record.
 */
import type { SeededRandom } from '#main/practice/kit/seeded-random.ts'
import type { ConnectedObject, ReadPage } from '#shared/model/connected.ts'
import type { Values } from '#shared/model/value.ts'
import { createMemoryService, type MemoryService, type MemoryServiceOptions } from '#test/support/memory-service.ts'

export type Shape = 'one-way' | 'fan-out' | 'aggregation'

export interface LegsWorldOptions {
  readonly random: SeededRandom
  readonly shape: Shape
  readonly faultRate: number
  readonly editRate: number
  /** Somebody is told of every write that Patchbay makes. */
  readonly onWrite: (write: WrittenThere) => void
}

export interface WrittenThere {
  readonly destination: number
  readonly operation: string
  readonly before: Values
  readonly after: Values
}

/** A leg goes from one of the sources into one of the destinations and owns one field there, named after the source. */
export interface LegEnds {
  readonly source: number
  readonly destination: number
  readonly field: string
}

export interface LegsWorld {
  readonly legs: readonly LegEnds[]
  readonly sourceObject: (source: number) => ConnectedObject
  readonly destinationObject: (destination: number) => ConnectedObject
  readonly canMatch: (destination: number) => boolean
  readonly step: () => void
  readonly setCalm: (isCalm: boolean) => void
  /** What a source shows now: value by e-mail address. */
  readonly shown: (source: number) => ReadonlyMap<string, string>
  readonly held: (destination: number) => readonly Values[]
  /** Whether somebody has removed the person from that source at some time. */
  readonly wasDropped: (source: number, email: string) => boolean
  /** Values that people, not Patchbay, wrote into the destinations. */
  readonly isByHand: (value: unknown) => boolean
  /** Undoing put this value back: from then on it is Patchbay's. */
  readonly notePutBack: (value: unknown) => void
  readonly wasPutBack: (value: unknown) => boolean
  readonly writeCount: () => number
}

type Kind = Pick<MemoryServiceOptions, 'createClass' | 'canFind'>
const kinds: readonly [Kind, ...Kind[]] = [
  { createClass: 'K' },
  { createClass: 'F' },
  { createClass: 'U' },
  { createClass: 'N', canFind: false },
]

const matchableKinds: readonly [Kind, ...Kind[]] = [{ createClass: 'K' }, { createClass: 'F' }, { createClass: 'U' }]

export const fieldOf = (source: number): string => `value${source}`

export function createLegsWorld(options: LegsWorldOptions): LegsWorld {
  const { random, shape, faultRate, editRate } = options
  const sourceCount = shape === 'aggregation' ? random.integer(2, 4) : 1
  const destinationCount = shape === 'fan-out' ? random.integer(2, 4) : 1
  let isCalm = false
  let nextValue = 1
  let nextPerson = 1
  const byHand = new Set<string>()
  const putBack = new Set<string>()
  const dropped = new Set<string>()
  /** A list that shows only part of its records, as broken ones do, until somebody notices. */
  let glitch: { readonly source: number; readonly kind: 'empty' | 'short' | 'blind' } | undefined

  const fault = () => {
    if (isCalm) return undefined
    if (random.chance(editRate)) editThere()
    if (!random.chance(faultRate)) return undefined
    return { kind: random.pick(['lost', 'dropped', 'refused', 'rejected'] as const) }
  }

  const sources = range(sourceCount).map((index) => createMemoryService({ name: `source${index}`, key: 'Email' }))
  const destinations = range(destinationCount).map((index) => {
    // Legs that cannot find each other's records would each make their own.
    const kind = random.pick(shape === 'aggregation' ? matchableKinds : kinds)
    const service = createMemoryService({
      name: `destination${index}`,
      key: 'email',
      ...kind,
      fault,
      onWritten: ({ operation }, before, after) => options.onWrite({ destination: index, operation, before, after }),
    })
    return { service, canMatch: kind.canFind !== false }
  })

  const pickRecord = ({ records }: MemoryService) => {
    const all = [...records.values()]
    return all[random.integer(0, Math.max(0, all.length - 1))]
  }

  const fresh = (by: string): string => `${by}-${nextValue++}`

  const addPerson = (): void => {
    const email = `p${nextPerson++}@x.example`
    const index = random.integer(0, sourceCount - 1)
    // The other sources of an aggregation may know the same person.
    for (const [at, source] of sources.entries())
      if (at === index || random.chance(0.4)) source.put(`s${nextPerson}`, { Email: email, Value: fresh('source') })
    if (!random.chance(0.2)) return
    for (const { service, canMatch } of destinations)
      if (canMatch) service.put(`own-${nextPerson}`, { email, note: fresh('note') })
  }

  const editSource = (): void => {
    const source = random.pick(sources as [MemoryService, ...MemoryService[]])
    const record = pickRecord(source)
    if (record) source.put(record.externalId, { ...record.values, Value: fresh('source') }, nextVersion(record.version))
  }

  function editThere(): void {
    const { service } = random.pick(destinations as [(typeof destinations)[0], ...typeof destinations])
    const record = pickRecord(service)
    if (!record) return
    const field = random.chance(0.5) ? 'note' : fieldOf(random.integer(0, sourceCount - 1))
    const value = fresh('hand')
    byHand.add(value)
    service.put(record.externalId, { ...record.values, [field]: value }, nextVersion(record.version))
  }

  const dropPerson = (): void => {
    const index = random.integer(0, sourceCount - 1)
    const source = sources[index]
    const record = source && pickRecord(source)
    if (!source || !record) return
    dropped.add(`${index} ${String(record.values.Email)}`)
    source.drop(record.externalId)
  }

  const startGlitch = (): void => {
    const kind = random.pick(['empty', 'short', 'blind'] as const)
    glitch = { source: random.integer(0, sourceCount - 1), kind }
  }

  const step = (): void => {
    const dice = random.next()
    if (dice < 0.4) editSource()
    else if (dice < 0.6) addPerson()
    else if (dice < 0.75) editThere()
    else if (dice < 0.92) dropPerson()
    else if (glitch) glitch = undefined
    else startGlitch()
  }

  return {
    legs: sources.flatMap((_, source) =>
      destinations.map((__, destination) => ({ source, destination, field: fieldOf(source) })),
    ),
    sourceObject: (index) =>
      glitching(at(sources, index).object, () => (glitch?.source === index ? glitch.kind : undefined)),
    destinationObject: (index) => at(destinations, index).service.object,
    canMatch: (index) => at(destinations, index).canMatch,
    step,
    setCalm: (now) => {
      isCalm = now
      if (now) glitch = undefined
    },
    shown: (index) =>
      new Map(
        [...at(sources, index).records.values()].map(({ values }) => [String(values.Email), String(values.Value)]),
      ),
    held: (index) => [...at(destinations, index).service.records.values()].map(({ values }) => values),
    wasDropped: (index, email) => dropped.has(`${index} ${email}`),
    isByHand: (value) => typeof value === 'string' && byHand.has(value),
    notePutBack: (value) => void (typeof value === 'string' && putBack.add(value)),
    wasPutBack: (value) => typeof value === 'string' && putBack.has(value),
    writeCount: () =>
      destinations.reduce((sum, { service: { stats } }) => sum + stats.creates + stats.updates + stats.deletes, 0),
  }
}

/** `empty`: no record at all. `short`: every second one is missing. `blind`: as short, and nothing is found by its number. */
function glitching(object: ConnectedObject, kindNow: () => 'empty' | 'short' | 'blind' | undefined): ConnectedObject {
  const isShown = (index: number): boolean => {
    const kind = kindNow()
    return kind === undefined || (kind !== 'empty' && index % 2 === 0)
  }
  return {
    ...object,
    read: async function* (request): AsyncGenerator<ReadPage> {
      for await (const page of object.read?.(request) ?? [])
        yield { ...page, records: page.records.filter((_, index) => isShown(index)) }
    },
    get: async (id, signal) => (kindNow() === 'blind' ? null : ((await object.get?.(id, signal)) ?? null)),
  }
}

function nextVersion(version: string | undefined): string {
  return String(Number(version ?? '0') + 1)
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index)
}

function at<Item>(list: readonly Item[], index: number): Item {
  const item = list[index]
  if (item === undefined) throw new Error(`there is no ${index} in a list of ${list.length}`)
  return item
}
