import { describe, expect, it } from 'vitest'
import type { ConflictPolicy } from '#shared/model/conflict-policy.ts'
import type { Values } from '#shared/model/value.ts'
import { type MergeInput, mergeRecord } from './merge-record.ts'
import { decideConflict, newerSide } from './policies.ts'
import { type FieldGroup, unitsOf } from './units.ts'

const fields = ['name', 'city', 'zip', 'tags', 'notes', 'since']
const rows = fields.map((field) => ({ to: field, from: field }))

interface Case {
  readonly base?: Values | null
  readonly source: Values
  readonly destination: Values
  readonly policy?: ConflictPolicy
  readonly keptIn?: string
  readonly newer?: 'source' | 'destination'
  readonly groups?: readonly FieldGroup[]
}

/** Both sides hold the same fields under the same names, so each maps to itself. */
function merge({ base = {}, source, destination, policy = 'hold', groups = [], ...rule }: Case) {
  const input: MergeInput = {
    units: unitsOf({ forward: rows, back: rows, groups, options: {} }),
    source: { base, now: source },
    destination: { base, now: destination },
    forward: source,
    back: destination,
    forwardRuleOf: () => 'always',
    backRuleOf: () => 'always',
    decide: (unit) =>
      decideConflict(
        unit,
        { policy, keptIn: rule.keptIn },
        { source, destination, forward: source, back: destination, newer: rule.newer ?? null },
      ),
  }
  const result = mergeRecord(input)
  return {
    to: result.toDestination?.changes ?? null,
    from: result.toSource?.changes ?? null,
    outcomes: result.units.map(({ unit, outcome }) => `${unit.name} ${outcome}`),
    adopted: result.adopted?.source.fields ?? [],
    patches: [result.toDestination?.patches.destination ?? null, result.toSource?.patches.source ?? null],
  }
}

const base = { name: 'Ana', city: 'Köln', zip: '50667', tags: ['a'] }

describe('two sides of a record', () => {
  it('that did not change need nothing', () => {
    expect(merge({ base, source: base, destination: base }).outcomes).toEqual([])
  })

  it('send a change of one to the other', () => {
    expect(merge({ base, source: { ...base, city: 'Bonn' }, destination: base })).toMatchObject({
      to: { city: 'Bonn' },
      from: null,
      outcomes: ['city to-destination'],
    })
    expect(merge({ base, source: base, destination: { ...base, city: 'Bonn' } })).toMatchObject({
      to: null,
      from: { city: 'Bonn' },
    })
  })

  it('both win where different fields were changed', () => {
    const { to, from } = merge({ base, source: { ...base, city: 'Bonn' }, destination: { ...base, name: 'Anna' } })
    expect([to, from]).toEqual([{ city: 'Bonn' }, { name: 'Anna' }])
  })

  it('agree without a write where both made the same change', () => {
    const now = { ...base, city: 'Bonn' }
    expect(merge({ base, source: now, destination: now })).toMatchObject({
      to: null,
      from: null,
      outcomes: ['city adopted'],
      adopted: ['city'],
    })
  })

  it('take emptiness for emptiness, and null for a change where something stood', () => {
    expect(merge({ base: { notes: '' }, source: { notes: null }, destination: {} }).outcomes).toEqual([])
    expect(merge({ base, source: { ...base, city: null }, destination: base }).to).toEqual({ city: null })
  })

  it('that never agreed are linked where equal, and are for the policy where not', () => {
    const met = merge({ base: null, source: base, destination: { ...base, city: 'Bonn' } })
    expect([met.to, met.from]).toEqual([null, null])
    expect(met.outcomes).toContain('city conflict')
    expect(met.outcomes).toContain('name adopted')
  })

  it('leave a conflict alone and go on with the other fields', () => {
    const result = merge({
      base,
      source: { ...base, city: 'Bonn', name: 'Anna' },
      destination: { ...base, city: 'Bern' },
    })
    expect([result.to, result.from, result.outcomes]).toEqual([
      { name: 'Anna' },
      null,
      ['name to-destination', 'city conflict'],
    ])
    expect(result.patches[0]?.fields).toEqual(['name'])
  })

  it('never mix a group: one side changed the street, the other the city', () => {
    const groups = [{ name: 'place', fields: ['city', 'zip'] }]
    const sides = { base, source: { ...base, city: 'Bonn' }, destination: { ...base, zip: '3000' }, groups }
    expect(merge(sides).outcomes).toEqual(['place conflict'])
    expect(merge({ ...sides, policy: 'source' }).to).toEqual({ city: 'Bonn', zip: '50667' })
  })
})

describe('a policy', () => {
  const apart = { base, source: { ...base, city: 'Bonn' }, destination: { ...base, city: 'Bern' } }
  const cases: readonly [string, Partial<Case>, object][] = [
    ['hold', {}, { to: null, from: null }],
    ['source', { policy: 'source' }, { to: { city: 'Bonn' }, from: null }],
    ['destination', { policy: 'destination' }, { to: null, from: { city: 'Bern' } }],
    ['newest, at the source', { policy: 'newest', newer: 'source' }, { to: { city: 'Bonn' } }],
    ['newest, not decidable', { policy: 'newest' }, { outcomes: ['city conflict'] }],
    [
      'prefer-nonempty',
      { policy: 'prefer-nonempty', destination: { ...base, city: '' } },
      { to: { city: 'Bonn' }, from: null },
    ],
    ['prefer-nonempty, both filled', { policy: 'prefer-nonempty' }, { outcomes: ['city conflict'] }],
    [
      'union',
      { policy: 'union', source: { ...base, tags: ['a', 'b'] }, destination: { ...base, tags: ['a', 'c'] } },
      { to: { tags: ['a', 'c', 'b'] }, from: { tags: ['a', 'b', 'c'] } },
    ],
    ['union of what is no list', { policy: 'union' }, { outcomes: ['city conflict'] }],
    [
      'max of dates',
      { policy: 'max', source: { since: '2024-01-02' }, destination: { since: '2023-01-01' }, base: {} },
      { to: { since: '2024-01-02' } },
    ],
    [
      'min of decimals',
      { policy: 'min', source: { since: '10.5' }, destination: { since: '9' }, base: {} },
      { from: { since: '9' } },
    ],
    ['max of words', { policy: 'max' }, { outcomes: ['city conflict'] }],
    ['both', { policy: 'both', keptIn: 'notes' }, { to: { city: 'Bonn', notes: 'city: Bern' }, from: null }],
    ['both without a place', { policy: 'both' }, { outcomes: ['city conflict'] }],
  ]
  it.each(cases)('%s', (_, parts, expected) => {
    expect(merge({ ...apart, ...parts })).toMatchObject(expected)
  })

  it('that writes to both sides leaves the agreement to the next run', () => {
    const { patches } = merge({
      ...apart,
      policy: 'union',
      source: { tags: ['b'] },
      destination: { tags: ['c'] },
      base: {},
    })
    expect(patches.map((patch) => patch?.fields)).toEqual([[], []])
  })
})

describe('the newer side', () => {
  const at = (time: string, skewMs = 0) => ({ at: `2026-03-01T${time}Z`, skewMs, granularityMs: 1_000 })
  it('is told by clocks that are corrected, and not within their grain', () => {
    expect([
      newerSide(at('10:00:05'), at('10:00:00'), 500),
      newerSide(at('10:00:05', 6_000), at('10:00:00'), 500),
      newerSide(at('10:00:05', 60_000), at('10:00:00'), 500),
      newerSide(at('10:00:02'), at('10:00:00'), 500),
      newerSide({ skewMs: 0, granularityMs: 0 }, at('10:00:00'), 500),
    ]).toEqual(['source', null, 'destination', null, null])
  })
})
