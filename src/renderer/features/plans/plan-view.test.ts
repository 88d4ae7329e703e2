import { describe, expect, it } from 'vitest'
import type { PlanAnswer } from '#renderer/ui/run-view.ts'
import { noOutcomes } from '#shared/model/run.ts'
import { actionOf, approvalWords, planLead, planStep, planTiles } from './plan-view.ts'

function aPlan(parts: Partial<PlanAnswer>): PlanAnswer {
  return {
    id: 'p',
    integrationId: 'i',
    integrationVersion: 1,
    undoes: null,
    state: 'ready',
    createdAt: '',
    readCount: 412,
    counts: { ...noOutcomes, created: 268, updated: 1, held: 1 },
    error: null,
    ...parts,
  }
}

describe('a plan', () => {
  it('promises that nothing is written only while that is so', () => {
    expect(planLead(aPlan({}))).toBe('A run would create 268 and update 1 record. Nothing has been written yet.')
    expect(planLead(aPlan({ state: 'applied' }))).toBe('A run would create 268 and update 1 record.')
  })

  it('says before approval where how much is written', () => {
    expect(approvalWords(aPlan({}), 'Practice CRM')).toBe(
      '268 records are created and 1 updated in Practice CRM. 1 record is left alone because it needs you.',
    )
  })

  it('cannot be approved once the integration has changed', () => {
    expect([planStep(aPlan({}), 1), planStep(aPlan({}), 2), planStep(aPlan({ state: 'applied' }), 1)]).toEqual([
      'approve',
      'renew',
      'done',
    ])
  })

  it('lists what can be listed', () => {
    expect(
      planTiles(aPlan({}))
        .filter((tile) => tile.isListed)
        .map((tile) => tile.key),
    ).toEqual(['create', 'update', 'hold', 'fail'])
  })

  it('takes only its own words as filters', () => {
    expect([actionOf('hold'), actionOf('unchanged'), actionOf('toString'), actionOf(null)]).toEqual([
      'hold',
      null,
      null,
      null,
    ])
  })
})
