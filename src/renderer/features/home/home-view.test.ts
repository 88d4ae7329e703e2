import { describe, expect, it } from 'vitest'
import { noOutcomes } from '#shared/model/run.ts'
import {
  type Connection,
  type HomeFacts,
  health,
  type Integration,
  isFirstVisit,
  isSampleUnfinished,
  needs,
} from './home-view.ts'

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
const integration: Integration = {
  id: 'i',
  name: 'Customers',
  pattern: 'one-way',
  legOf: null,
  fills: [],
  version: 1,
  savedAt: '2026-03-01T09:00:00.000Z',
  isApproved: true,
  isChangedSinceApproval: false,
  source: { connection: 'a', object: 'x' },
  destination: { connection: 'b', object: 'y' },
  sentences: [],
  lastRun: run,
  lastPlan: null,
}
const connection: Connection = {
  id: 'a',
  name: 'Books',
  connector: 'rest',
  connectorName: 'API',
  environment: 'production',
  version: 1,
  settings: {},
  secrets: [],
  usedBy: [],
}
const status: HomeFacts['status'] = {
  version: '1',
  dataFolder: '/x',
  startedAt: '2026-03-01T09:00:00.000Z',
  runningCount: 0,
  heldCount: 0,
  restoredAt: null,
  vault: { state: 'open', keptBy: [], reason: 'open', next: null },
}

function facts(parts: Partial<HomeFacts>): HomeFacts {
  return { status, integrations: [integration], connections: [connection], ...parts }
}

function said(parts: Partial<HomeFacts>): string {
  const all = facts(parts)
  return health(all, needs(all)).sentence
}

describe('the health sentence', () => {
  it('is calm when every last run went through', () => expect(said({})).toBe('Every last run went through.'))

  it('does not say that all is well before anything has run', () => {
    expect(said({ integrations: [] })).toBe('Ready. Nothing has run yet.')
  })

  it('says that something stopped, before everything else', () => {
    const failed = { ...integration, lastRun: { ...run, state: 'failed' as const } }
    expect(said({ integrations: [failed] })).toBe('One thing has stopped and needs you.')
  })

  it('tells a next step from trouble', () => {
    expect(said({ integrations: [{ ...integration, lastRun: null, isApproved: false }] })).toBe(
      'All is well; one next step is open.',
    )
  })

  it('adds what is at work', () => {
    expect(said({ status: { ...status, runningCount: 1 } })).toBe(
      'Every last run went through. One integration is at work right now.',
    )
  })
})

describe('what needs a person', () => {
  it('puts a locked vault first', () => {
    const vault = { state: 'locked' as const, keptBy: ['passphrase'], reason: 'Locked.', next: null }
    const held = { ...integration, lastRun: { ...run, counts: { ...noOutcomes, held: 2 } } }
    expect(needs(facts({ status: { ...status, vault }, integrations: [held] })).map((need) => need.href)).toEqual([
      '/unlock',
      '/runs/r',
    ])
  })

  it('leads to a plan that waits', () => {
    const plan = {
      id: 'p',
      integrationId: 'i',
      integrationVersion: 1,
      undoes: null,
      state: 'ready' as const,
      createdAt: '',
      readCount: 1,
      counts: { ...noOutcomes, updated: 1 },
      error: null,
    }
    expect(needs(facts({ integrations: [{ ...integration, lastPlan: plan }] }))[0]).toMatchObject({
      href: '/plans/p',
      line: 'A plan waits for your approval. It would create 0 and update 1.',
    })
  })

  it('does not offer a plan of an older version', () => {
    const plan = {
      id: 'p',
      integrationId: 'i',
      integrationVersion: 1,
      undoes: null,
      state: 'ready' as const,
      createdAt: '',
      readCount: 1,
      counts: noOutcomes,
      error: null,
    }
    expect(needs(facts({ integrations: [{ ...integration, version: 2, lastPlan: plan }] }))).toEqual([])
  })

  it('asks for a missing key but not for an optional one', () => {
    const secret = { name: 'k', label: 'API key', help: '', isOptional: false, isSet: false }
    expect(needs(facts({ connections: [{ ...connection, secrets: [secret] }] }))).toHaveLength(1)
    expect(needs(facts({ connections: [{ ...connection, secrets: [{ ...secret, isOptional: true }] }] }))).toEqual([])
  })
})

describe('a sample business without its key', () => {
  const secret = { name: 'token', label: 'Token', help: '', isOptional: false, isSet: false }
  const begun = facts({ connections: [{ ...connection, environment: 'practice', secrets: [secret] }] })

  it('is offered again instead of asking for a key nobody knows', () => {
    expect([isSampleUnfinished(begun), needs(begun)]).toEqual([true, []])
  })

  it('is told from a connection of the business itself', () => {
    expect(isSampleUnfinished(facts({ connections: [{ ...connection, secrets: [secret] }] }))).toBe(false)
  })
})

describe('a first visit', () => {
  it('is one with nothing set up', () => {
    expect([isFirstVisit(facts({ integrations: [], connections: [] })), isFirstVisit(facts({}))]).toEqual([true, false])
  })
})
