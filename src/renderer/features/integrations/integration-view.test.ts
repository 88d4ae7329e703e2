import { describe, expect, it } from 'vitest'
import { noOutcomes } from '#shared/model/run.ts'
import { type Integration, nextStep, planSentence, routeWords } from './integration-view.ts'

const plan: NonNullable<Integration['lastPlan']> = {
  id: 'p',
  integrationId: 'i',
  integrationVersion: 1,
  undoes: null,
  state: 'ready',
  createdAt: '',
  readCount: 1,
  counts: noOutcomes,
  error: null,
}
const run: NonNullable<Integration['lastRun']> = {
  id: 'r',
  integrationId: 'i',
  integrationVersion: 1,
  planId: null,
  undoes: null,
  state: 'finished',
  startedAt: '2026-03-01T09:00:00.000Z',
  endedAt: null,
  readCount: 1,
  counts: noOutcomes,
  resumeCount: 0,
  notes: [],
  timings: null,
  error: null,
}

function kindOf(parts: Partial<Integration>): string {
  return nextStep(integration(parts)).kind
}

function integration(parts: Partial<Integration>): Integration {
  return {
    id: 'i',
    name: 'Customers',
    pattern: 'one-way',
    legOf: null,
    fills: [],
    version: 1,
    savedAt: '',
    isApproved: false,
    isChangedSinceApproval: false,
    lastRun: null,
    lastPlan: null,
    source: { connection: 'a', object: 'customers' },
    destination: { connection: 'b', object: 'contact' },
    sentences: [],
    ...parts,
  }
}

describe('the next step of an integration', () => {
  const cases: readonly (readonly [string, string, Partial<Integration>])[] = [
    ['new', 'first', {}],
    ['being planned', 'making', { lastPlan: { ...plan, state: 'making' } }],
    ['planned', 'approve', { lastPlan: plan }],
    ['changed after its plan', 'first', { version: 2, lastPlan: plan }],
    ['changed after its approval', 'changed', { version: 2, lastRun: run, isChangedSinceApproval: true }],
    ['approved', 'run', { isApproved: true, lastRun: run }],
    ['running', 'running', { isApproved: true, lastPlan: plan, lastRun: { ...run, state: 'running' } }],
    ['interrupted', 'goOn', { isApproved: true, lastRun: { ...run, state: 'interrupted' } }],
    ['paused', 'goOn', { isApproved: true, lastRun: { ...run, state: 'paused' } }],
  ]
  for (const [what, kind, parts] of cases) {
    it(`that is ${what} is "${kind}"`, () => expect(kindOf(parts)).toBe(kind))
  }
})

describe('words', () => {
  it('name the connections, or their ids until the names are known', () => {
    expect(routeWords(integration({}), new Map([['a', 'Customer list']]))).toBe(
      'Customers in Customer list → Contact in b',
    )
  })

  it('say what a plan would do', () => {
    expect(planSentence({ ...noOutcomes, updated: 1, unchanged: 411, held: 1 })).toBe(
      'It would create 0 and update 1; 411 are already right. 1 needs you.',
    )
  })
})
