import { describe, expect, it } from 'vitest'
import type { Integration } from './integration-view.ts'
import { ownedFields, readyLegs, setMark, setRoute, setsOf } from './set-view.ts'

function leg(id: string, parts: Partial<Integration> = {}): Integration {
  return {
    id,
    name: id,
    pattern: 'one-way',
    legOf: { set: 'leads', name: 'Leads', pattern: 'aggregation' },
    fills: [],
    version: 1,
    savedAt: '',
    isApproved: true,
    isChangedSinceApproval: false,
    source: { connection: id, object: 'rows' },
    destination: { connection: 'crm', object: 'contact' },
    sentences: [],
    lastRun: null,
    lastPlan: null,
    ...parts,
  }
}

const fair = leg('fair', {
  fills: [
    { field: 'email', isOwned: true },
    { field: 'phone', isOwned: true },
  ],
})
const list = leg('list', { fills: [{ field: 'phone', isOwned: false }], isApproved: false })

describe('sets of integrations', () => {
  it('gather their legs, and leave out what stands alone', () => {
    const sets = setsOf([leg('alone', { legOf: null }), fair, list])
    expect(sets.map(({ id, name, legs }) => [id, name, legs.map((one) => one.id)])).toEqual([
      ['leads', 'Leads', ['fair', 'list']],
    ])
  })

  it('say in one mark what the leg says that needs a person most, and what can be done now', () => {
    const [set] = setsOf([fair, list])
    if (!set) throw new Error('no set')
    expect(setMark(set).word).toBe('Needs a first plan')
    expect([readyLegs(set).toRun.length, readyLegs(set).toPlan.length]).toEqual([1, 1])
    expect(setRoute(set, new Map([['fair', 'Trade fair']]))).toBe('Trade fair, list → Contact in crm')
  })

  it('tell who owns each field, and who else may fill it', () => {
    const [set] = setsOf([fair, list])
    expect(set && ownedFields(set)).toEqual([
      { field: 'email', owner: 'fair', others: [] },
      { field: 'phone', owner: 'fair', others: ['list'] },
    ])
  })
})
