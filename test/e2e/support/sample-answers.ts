/** Prepared answers of a small business with ordinary and ugly data; each test changes what it is about. */
import type { Output } from '#shared/contract/contract.ts'
import { AppError } from '#shared/errors.ts'
import { noOutcomes, type OutcomeCounts } from '#shared/model/run.ts'
import type { Answers } from './stand-in.ts'

export type Run = Output<'runs.get'>
export type Plan = Output<'plans.get'>
export type RunRecord = Output<'runs.records'>['records'][number]
export type Integration = Output<'integrations.get'>
export type Scheduled = Output<'schedules.list'>['schedules'][number]
export type Connection = Output<'connections.get'>

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

export function counts(parts: Partial<OutcomeCounts> = {}): OutcomeCounts {
  return { ...noOutcomes, ...parts }
}

export function aRun(parts: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    integrationId: 'customers-to-crm',
    integrationVersion: 1,
    planId: 'plan-1',
    undoes: null,
    state: 'finished',
    startedAt: minutesAgo(6),
    endedAt: minutesAgo(5.8),
    readCount: 412,
    counts: counts({ created: 268, updated: 92, unchanged: 40, held: 7, failed: 5 }),
    resumeCount: 0,
    notes: [],
    timings: { readingMs: 420, mappingMs: 610, waitingMs: 1_400, writingMs: 8_900, storingMs: 700 },
    error: null,
    undo: { state: 'possible', until: minutesAgo(-90 * 24 * 60), by: null },
    waitsFor: null,
    waits: [],
    ...parts,
  }
}

export function aPlan(parts: Partial<Plan> = {}): Plan {
  return {
    id: 'plan-1',
    integrationId: 'customers-to-crm',
    integrationVersion: 1,
    undoes: null,
    state: 'ready',
    createdAt: minutesAgo(8),
    readCount: 412,
    counts: counts({ created: 268, updated: 92, unchanged: 40, held: 7, failed: 5 }),
    error: null,
    ...parts,
  }
}

export function anIntegration(parts: Partial<Integration> = {}): Integration {
  return {
    id: 'customers-to-crm',
    name: 'Customer list into the CRM',
    pattern: 'one-way',
    legOf: null,
    fills: [{ field: 'email', isOwned: true }],
    version: 1,
    savedAt: minutesAgo(30),
    isApproved: true,
    isChangedSinceApproval: false,
    source: { connection: 'customer-list', object: 'customers' },
    destination: { connection: 'practice-crm', object: 'contact' },
    sentences: [
      'Existing records are recognised by email, then external_ref.',
      'external_ref comes from Customer no.: removes spaces at both ends; must not be empty.',
      'email comes from E-mail: removes spaces at both ends; N/A, n/a and - become empty; writes the e-mail address in lower case.',
      'customer_since comes from Customer since: reads the date as day, month, year; written only to new records.',
    ],
    lastRun: aRun(),
    lastPlan: aPlan({ state: 'applied' }),
    ...parts,
  }
}

export function aConnection(parts: Partial<Connection> = {}): Connection {
  return {
    id: 'practice-crm',
    name: 'Practice CRM',
    connector: 'practice-crm',
    connectorName: 'Practice CRM',
    environment: 'practice',
    version: 1,
    settings: { baseUrl: 'http://127.0.0.1:4010/v1' },
    secrets: [
      {
        name: 'token',
        label: 'Access token',
        help: 'Settings, then API access, in the CRM.',
        isOptional: false,
        isSet: true,
      },
    ],
    usedBy: ['customers-to-crm'],
    ...parts,
  }
}

export function aScheduled(parts: Partial<Scheduled> = {}): Scheduled {
  return {
    integrationId: 'customers-to-crm',
    name: 'Customer list into the CRM',
    schedule: { every: 'weekday', at: '18:00' },
    sentence: 'every weekday at 18:00',
    problem: null,
    nextDue: {
      at: '2026-11-27T17:00:00.000Z',
      zone: 'Europe/Berlin',
      date: '2026-11-27',
      time: '18:00',
      weekday: 'Friday',
      offset: '+01:00',
    },
    pausedAt: null,
    isApproved: true,
    lastSlot: null,
    ...parts,
  }
}

export function aRecord(parts: Partial<RunRecord> = {}): RunRecord {
  return {
    seq: 1,
    outcome: 'updated',
    sourceId: 'K-10001',
    destinationId: 'c_88213',
    label: 'Mira Ostwald',
    before: {
      city: 'Hambrug',
      postal_code: '20095',
      credit_limit: { amountMinor: 150_000, currency: 'EUR' },
      customer_since: null,
    },
    after: {
      city: 'Hamburg',
      postal_code: '20095',
      credit_limit: { amountMinor: 275_050, currency: 'EUR' },
      customer_since: '2024-03-01',
    },
    reason: { code: 'matched', message: 'Matched by email: mira@ostwald.example.' },
    at: minutesAgo(5),
    ...parts,
  }
}

const longName = `${'Gesellschaft für außerordentlich lange Firmennamen '.repeat(4)}mbH`

/** Names that break careless screens. */
export const uglyRecords: readonly RunRecord[] = [
  aRecord(),
  aRecord({
    seq: 2,
    outcome: 'created',
    sourceId: 'K-10002',
    destinationId: 'c_88214',
    label: '👩🏽‍🌾 Hof Sonnenblume 🌻',
    before: null,
    after: { email: 'hof@sonnenblume.example', first_name: 'Änne', newsletter: true, country: 'DE' },
    reason: null,
  }),
  aRecord({
    seq: 3,
    outcome: 'held',
    sourceId: 'K-10003',
    destinationId: null,
    label: 'شركة النور للتجارة',
    before: null,
    after: { email: 'info@alnoor.example' },
    reason: {
      code: 'several-matches',
      message: '2 records have the same email (info@alnoor.example); which one is meant is not clear.',
      field: 'email',
      next: 'Merge or rename the duplicates at the destination, then run again.',
    },
  }),
  aRecord({
    seq: 4,
    outcome: 'failed',
    sourceId: 'K-10004',
    destinationId: null,
    label: longName,
    before: null,
    after: {},
    reason: {
      code: 'date',
      message: 'Customer since "31.02.2019" is not a date.',
      field: 'customer_since',
      place: 'row 17 of customers.csv',
      next: 'Correct the date in the customer list, then run again.',
    },
  }),
  aRecord({
    seq: 5,
    label: '<img src=x onerror=alert(1)>',
    sourceId: 'K-10005',
    before: { last_name: 'o’neill ', notes: 'a'.repeat(120) },
    after: { last_name: 'O’Neill', notes: null },
    reason: null,
  }),
]

export const standardConnections: readonly Connection[] = [
  aConnection({
    id: 'customer-list',
    name: 'Customer list',
    connector: 'files',
    connectorName: 'Spreadsheets and CSV files',
    secrets: [],
  }),
  aConnection(),
  aConnection({
    id: 'shop',
    name: 'Web shop (test account)',
    connector: 'rest',
    connectorName: 'Any JSON API',
    environment: 'sandbox',
    usedBy: [],
  }),
  aConnection({
    id: 'books',
    name: 'Bookkeeping',
    connector: 'rest',
    connectorName: 'Any JSON API',
    environment: 'production',
    usedBy: ['crm-to-database'],
    secrets: [
      {
        name: 'key',
        label: 'API key',
        help: 'Made in the bookkeeping program under Settings, API.',
        isOptional: false,
        isSet: false,
      },
    ],
  }),
]

const crmObject: Output<'connections.objects'>['objects'][number] = {
  name: 'contact',
  label: 'Contact',
  idField: 'id',
  fields: [
    { name: 'id', label: 'Number', type: 'text', readOnly: true },
    { name: 'email', label: 'E-mail', type: 'email', unique: true },
    { name: 'last_name', label: 'Last name', type: 'text', required: true },
    { name: 'customer_since', label: 'Customer since', type: 'date', note: 'dates read as day/month/year' },
    { name: 'credit_limit', label: 'Credit limit', type: 'money' },
  ],
  keys: ['email', 'external_ref'],
  changes: 'updated-since',
  writes: { create: 'K', update: 'C' },
  notes: ['The service lets 10 requests through each second.'],
}

export function status(parts: Partial<Output<'system.status'>> = {}): Output<'system.status'> {
  return {
    version: '0.1.0',
    dataFolder: '/home/owner/.patchbay',
    startedAt: minutesAgo(90),
    vault: { state: 'open', keptBy: ['keychain'], reason: 'The vault is open.', next: null },
    runningCount: 0,
    heldCount: 0,
    restoredAt: null,
    ...parts,
  }
}

export function historyFacts(parts: Partial<Output<'history.get'>> = {}): Output<'history.get'> {
  return {
    settings: { historyDays: 365, undoDays: 90, historyMaxBytes: 2_000_000_000 },
    databaseBytes: 412_000_000,
    freeBytes: 4_096_000,
    historyBytes: 380_000_000,
    oldestAt: '2026-03-01T09:00:00.000Z',
    isOverLimit: false,
    prunedAt: null,
    ...parts,
  }
}

export const lockedVault = {
  state: 'locked' as const,
  keptBy: ['passphrase'],
  reason: 'The vault needs its passphrase.',
  next: 'Enter the passphrase or the recovery code of this vault.',
}

/** A small business in ordinary trouble. */
export function sampleAnswers(): Answers {
  const items = uglyRecords.map(({ at: _at, outcome, ...record }) => ({
    ...record,
    action: actions[outcome] ?? 'update',
  }))
  return {
    'system.status': () => status(),
    'history.get': () => historyFacts(),
    'integrations.list': () => ({ integrations: [anIntegration(), aFirstIntegration()] }),
    'integrations.get': ({ integrationId }) =>
      integrationId === 'crm-to-database' ? aFirstIntegration() : anIntegration(),
    'connections.list': () => ({ connections: [...standardConnections] }),
    'connections.get': ({ connectionId }) =>
      standardConnections.find(({ id }) => id === connectionId) ?? missing('connection'),
    'connections.test': () => ({
      account: 'Northwind Trading, practice account',
      notes: ['May read and write contacts.'],
    }),
    'connections.objects': () => ({ objects: [crmObject] }),
    'connections.set-secret': () => ({}),
    'runs.list': () => ({
      runs: [
        aRun(),
        aRun({
          id: 'run-0',
          startedAt: minutesAgo(60 * 26),
          endedAt: minutesAgo(60 * 26 - 2),
          counts: counts({ unchanged: 412 }),
        }),
      ],
    }),
    'runs.get': () => aRun(),
    'runs.records': ({ outcome }) => ({
      records: uglyRecords.filter((record) => outcome === undefined || record.outcome === outcome),
      next: null,
    }),
    'schedules.list': () => ({ allPausedAt: null, zone: 'Europe/Berlin', schedules: [aScheduled()] }),
    'attention.list': () => ({ records: [], count: 0, gone: [], next: null }),
    'attention.corrections': () => ({ corrections: [] }),
    'attention.writes': () => ({ writes: [] }),
    'attention.left-out': () => ({ records: [], next: null }),
    'runs.start': () => ({ runId: 'run-1' }),
    'plans.list': () => ({ plans: [aPlan({ state: 'applied' })] }),
    'plans.get': () => aPlan(),
    'plans.items': ({ action }) => ({
      items: items.filter((item) => action === undefined || item.action === action),
      next: null,
    }),
    'plans.make': () => ({ planId: 'plan-1' }),
    'plans.approve': () => ({ runId: 'run-1' }),
    'plans.discard': () => ({}),
  }
}

const actions: Readonly<Partial<Record<RunRecord['outcome'], Output<'plans.items'>['items'][number]['action']>>> = {
  created: 'create',
  updated: 'update',
  held: 'hold',
  failed: 'fail',
}

export function aFirstIntegration(): Integration {
  return anIntegration({
    id: 'crm-to-database',
    name: 'CRM contacts into the bookkeeping',
    isApproved: false,
    source: { connection: 'practice-crm', object: 'contact' },
    destination: { connection: 'books', object: 'customers' },
    lastRun: null,
    lastPlan: null,
  })
}

export function missing(what: string): never {
  throw new AppError({
    kind: 'config',
    code: `unknown-${what}`,
    message: `There is no such ${what}.`,
    next: 'Choose it from the list.',
  })
}

/** Nothing is set up yet. */
export function emptyAnswers(): Answers {
  return {
    ...sampleAnswers(),
    'system.status': () =>
      status({ vault: { state: 'empty', keptBy: [], reason: 'No secret is stored yet.', next: null } }),
    'integrations.list': () => ({ integrations: [] }),
    'connections.list': () => ({ connections: [] }),
    'runs.list': () => ({ runs: [] }),
    'schedules.list': () => ({ allPausedAt: null, zone: 'Europe/Berlin', schedules: [] }),
  }
}
