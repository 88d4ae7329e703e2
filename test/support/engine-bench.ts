/** An engine on a real store in a temporary folder, between two services, with a mapping of two fields. */

import { applyPlan } from '#main/engine/apply-plan.ts'
import type { Job, RunControl } from '#main/engine/job.ts'
import { makePlan } from '#main/engine/make-plan.ts'
import type { ChangeEvent } from '#main/engine/plan-page.ts'
import type { JournalStore } from '#main/engine/ports/sync-store.ts'
import { runIntegration } from '#main/engine/run-integration.ts'
import { makeUndoPlan } from '#main/engine/undo/plan-undo.ts'
import { openStore, type Store } from '#main/store/open-store.ts'
import type { CompiledMapping, WriteRule } from '#shared/mapping/evaluate-types.ts'
import type { ConnectedObject } from '#shared/model/connected.ts'
import type { DeletePolicy } from '#shared/model/delete-policy.ts'
import type { Run } from '#shared/model/run.ts'
import type { Value, Values } from '#shared/model/value.ts'
import { tempFolder } from './temp-folder.ts'

export interface EngineBenchOptions {
  readonly source: ConnectedObject
  readonly destination: ConnectedObject
  readonly folder?: string
  readonly integrationId?: string
  readonly version?: number
  readonly match?: readonly string[]
  readonly rules?: Readonly<Record<string, WriteRule>>
  readonly existing?: 'update' | 'link-only' | 'skip'
  readonly accepts?: (values: Values) => boolean
  readonly isEvent?: (event: ChangeEvent) => boolean
  readonly deletes?: DeletePolicy
  readonly nowMs?: () => number
  readonly pageSize?: number
  readonly concurrency?: number
  /** Looks at, or breaks, what the engine asks of the journal. */
  readonly journal?: (journal: JournalStore) => JournalStore
}

export interface EngineBench {
  readonly store: Store
  readonly job: Job
  /** As if filter, mapping or connection had been changed. */
  readonly setSettings: (hash: string) => void
  readonly plan: () => Promise<string>
  /** Answers the id of the plan that takes the run back. */
  readonly planUndo: (runId: string, overwritesNewer?: boolean) => Promise<string>
  readonly apply: (planId: string, control?: RunControl) => Promise<Run>
  readonly run: (control?: RunControl) => Promise<Run>
}

/** Ids of this process: also two benches on one folder have none in common. */
let nextId = 1

const noWish: RunControl = { wish: () => 'none', signal: new AbortController().signal }

/** email: trimmed, lower case, must have an @; name: as it is. */
export const twoFields: (rules?: Readonly<Record<string, WriteRule>>) => CompiledMapping = (rules = {}) => ({
  sourceFields: ['Email', 'Name'],
  targetFields: ['email', 'name'],
  writeRuleOf: (field) => rules[field] ?? 'always',
  evaluate: (source) => {
    const values: Record<string, Value> = {}
    const email = source.Email
    if (source.Name !== undefined) values.name = source.Name
    if (typeof email === 'string' && email !== '') values.email = email.trim().toLowerCase()
    const isBad = typeof email === 'string' && email !== '' && !email.includes('@')
    const issues = isBad
      ? [{ code: 'not-an-email', message: `"${email}" is not an e-mail address.`, field: 'Email', value: email }]
      : []
    return { values, issues, questions: [] }
  },
})

export function engineBench(options: EngineBenchOptions): EngineBench {
  const nowMs = options.nowMs ?? (() => Date.UTC(2026, 0, 1))
  const store = openStore({ folder: options.folder ?? tempFolder(), nowMs })
  const mapping = twoFields(options.rules)
  const route = {
    integrationId: options.integrationId ?? 'customers',
    integrationVersion: options.version ?? 1,
    sourceStream: store.streams.idOf('list', 'rows'),
    destinationStream: store.streams.idOf('crm', 'contact'),
  }
  let settingsHash = String(route.integrationVersion)
  const makeJob = (): Job => ({
    plan: {
      route,
      mapping,
      matchFields: options.match ?? ['email'],
      existing: options.existing ?? 'update',
      ...(typeof options.deletes === 'object' && { marks: options.deletes.set }),
      usedFields: mapping.sourceFields,
      accepts: options.accepts ?? (() => true),
      doubts: () => [],
      isEvent: options.isEvent ?? (() => true),
      decisionOf: store.decisions.of,
      conflictDecisionOf: store.decisions.ofConflict,
      correctionsOf: store.corrections.of,
      destination: options.destination,
      links: { ...store.links, hasOpenIntent: store.journal.hasOpenIntent },
      scratch: store.scratch(),
      answers: { ask: async (questions) => questions.map(() => ({ found: false, reason: 'none' })) },
    },
    ...(options.deletes && { deletes: options.deletes }),
    source: options.source,
    destination: options.destination,
    store: {
      links: store.links,
      journal: options.journal?.(store.journal) ?? store.journal,
      runs: store.runs,
      plans: store.plans,
    },
    clock: { now: nowMs, sleep: async () => undefined },
    ids: { next: () => `${process.pid}-${nextId++}` },
    settingsHash,
    mayReadIncrementally: options.deletes === undefined,
    pageSize: options.pageSize ?? 10,
    concurrency: options.concurrency ?? 4,
    onProgress: () => undefined,
  })
  const startedAt = (): string => new Date(nowMs()).toISOString()
  const runOf = (runId: string): Run => {
    const run = store.runs.get(runId)
    if (!run) throw new Error(`no run ${runId}`)
    return run
  }
  return {
    store,
    job: makeJob(),
    setSettings: (hash) => {
      settingsHash = hash
    },
    plan: async () => {
      const planId = `plan-${nextId++}`
      store.plans.beginPlan(route, { id: planId, createdAt: startedAt(), undoes: null })
      await makePlan(makeJob(), planId, noWish)
      return planId
    },
    planUndo: async (runId, overwritesNewer = false) => {
      const planId = `plan-${nextId++}`
      const written = (afterSeq: number, limit: number) => store.records.written(runId, afterSeq, limit)
      store.plans.beginPlan(route, { id: planId, createdAt: startedAt(), undoes: runId })
      await makeUndoPlan(makeJob(), planId, { written, overwritesNewer }, noWish)
      return planId
    },
    apply: async (planId, control = noWish) => {
      const open = store.runs.interrupted(route.integrationId)
      if (open) store.runs.takeUp(open.id)
      const begun =
        open ?? store.runs.begin(route, { id: `run-${process.pid}-${nextId++}`, planId, startedAt: startedAt() })
      await applyPlan(makeJob(), { ...begun, planId }, control)
      return runOf(begun.id)
    },
    run: async (control = noWish) => {
      const open = store.runs.interrupted(route.integrationId)
      if (open) store.runs.takeUp(open.id)
      const begun =
        open ?? store.runs.begin(route, { id: `run-${process.pid}-${nextId++}`, planId: null, startedAt: startedAt() })
      await runIntegration(makeJob(), begun, control)
      return runOf(begun.id)
    },
  }
}
