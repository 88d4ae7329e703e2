/**
 * Random lives of a record on two sides: edits on both, writes that fail, policies. Every value is written once, so that
 * it can be said of each whether it was lost.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ConflictPolicy } from '#shared/model/conflict-policy.ts'
import type { Values } from '#shared/model/value.ts'
import type { SidePatches } from '../ports/sync-store.ts'
import { type MergeInput, mergeRecord } from './merge-record.ts'
import { decideConflict } from './policies.ts'
import { type MergeUnit, unitsOf } from './units.ts'

const fields = ['a', 'b', 'c', 'd']
const rows = fields.map((field) => ({ to: field, from: field }))
const units = unitsOf({ forward: rows, back: rows, groups: [{ name: 'group', fields: ['c', 'd'] }], options: {} })

type Name = 'source' | 'destination'
interface World {
  readonly now: Record<Name, Record<string, string>>
  readonly base: Record<Name, Values | null>
  /** What each side ever held. */
  readonly seen: Record<Name, Set<string>>
  readonly lost: string[]
}

type Event =
  | { readonly kind: 'edit'; readonly side: Name; readonly field: string }
  | { readonly kind: 'run'; readonly fails: Readonly<Record<Name, boolean>> }

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constant('edit' as const),
    side: fc.constantFrom<Name>('source', 'destination'),
    field: fc.constantFrom(...fields),
  }),
  fc.record({
    kind: fc.constant('run' as const),
    fails: fc.record({ source: fc.boolean(), destination: fc.boolean() }),
  }),
)

function start(): World {
  const first = { a: 'a0', b: 'b0', c: 'c0', d: 'd0' }
  return {
    now: { source: { ...first }, destination: { ...first } },
    base: { source: { ...first }, destination: { ...first } },
    seen: { source: new Set(Object.values(first)), destination: new Set(Object.values(first)) },
    lost: [],
  }
}

function inputOf(world: World, policyOf: (unit: MergeUnit) => ConflictPolicy): MergeInput {
  const { source, destination } = world.now
  return {
    units,
    source: { base: world.base.source, now: source },
    destination: { base: world.base.destination, now: destination },
    forward: source,
    back: destination,
    forwardRuleOf: () => 'always',
    backRuleOf: () => 'always',
    decide: (unit) =>
      decideConflict(
        unit,
        { policy: policyOf(unit) },
        { source, destination, forward: source, back: destination, newer: null },
      ),
  }
}

function patch(world: World, patches: SidePatches): void {
  for (const side of ['source', 'destination'] as const) {
    const kept = Object.entries(world.base[side] ?? {}).filter(([field]) => !patches[side].fields.includes(field))
    world.base[side] = { ...Object.fromEntries(kept), ...patches[side].values }
  }
}

/** Merges and writes what does not fail; answers how many writes were sent. */
function run(
  world: World,
  policyOf: (unit: MergeUnit) => ConflictPolicy,
  fails: Readonly<Record<Name, boolean>>,
): number {
  const result = mergeRecord(inputOf(world, policyOf))
  const byPolicy = result.units.filter(({ isByPolicy }) => isByPolicy).flatMap(({ unit }) => unit.destinationFields)
  if (result.adopted) patch(world, result.adopted)
  const writes = { destination: result.toDestination, source: result.toSource }
  let count = 0
  for (const side of ['destination', 'source'] as const) {
    const write = writes[side]
    if (!write) continue
    count += 1
    if (fails[side]) continue
    const other = side === 'source' ? 'destination' : 'source'
    for (const [field, value] of Object.entries(write.changes)) {
      const replaced = world.now[side][field] ?? ''
      // Nobody at the other side ever had it, and no policy decided: an edit was overwritten.
      if (!world.seen[other].has(replaced) && !byPolicy.includes(field)) world.lost.push(replaced)
      world.now[side][field] = String(value)
      world.seen[side].add(String(value))
    }
    patch(world, write.patches)
  }
  return count
}

function live(events: readonly Event[], policyOf: (unit: MergeUnit) => ConflictPolicy): World {
  const world = start()
  for (const [number, one] of events.entries()) {
    if (one.kind === 'run') run(world, policyOf, one.fails)
    else {
      const value = `${one.field}${one.side}${number}`
      world.now[one.side][one.field] = value
      world.seen[one.side].add(value)
    }
  }
  return world
}

const noFailure = { source: false, destination: false }
const events = fc.array(event, { maxLength: 40 })

it('no edit is overwritten that the other side did not know, except where a policy decided', () => {
  fc.assert(
    fc.property(events, fc.constantFrom<ConflictPolicy>('hold', 'source', 'destination'), (all, policy) => {
      expect(live(all, () => policy).lost).toEqual([])
    }),
    { numRuns: 3_000 },
  )
})

it('both sides come to the same values, and the third run writes nothing', () => {
  fc.assert(
    fc.property(events, fc.constantFrom<ConflictPolicy>('source', 'destination'), (all, policy) => {
      const world = live(all, () => policy)
      run(world, () => policy, noFailure)
      run(world, () => policy, noFailure)
      expect(world.now.source).toEqual(world.now.destination)
      expect(run(world, () => policy, noFailure)).toBe(0)
    }),
    { numRuns: 3_000 },
  )
})

it('one base for both sides would lose edits: the check finds it', () => {
  const withSharedBase = (all: readonly Event[]): readonly string[] => {
    const world = start()
    for (const [number, one] of all.entries()) {
      // The defence taken away: after every run each side counts as agreed, also where its write failed.
      if (one.kind === 'run') {
        run(world, () => 'hold', one.fails)
        world.base.source = { ...world.now.source }
        world.base.destination = { ...world.now.source }
      } else {
        world.now[one.side][one.field] = `${one.field}${one.side}${number}`
        world.seen[one.side].add(`${one.field}${one.side}${number}`)
      }
    }
    return world.lost
  }
  const found = fc.sample(events, { numRuns: 2_000, seed: 7 }).some((all) => withSharedBase(all).length > 0)
  expect(found).toBe(true)
})
