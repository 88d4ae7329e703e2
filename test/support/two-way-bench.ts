/** A two-way engine on a real store, between a list (Email, Name, City, Tags) and a CRM (email, name, city, tags). */
import { applyPlan } from '#main/engine/apply-plan.ts'
import type { Job, RunControl } from '#main/engine/job.ts'
import { makePlan } from '#main/engine/make-plan.ts'
import type { PolicyRule } from '#main/engine/merge/policies.ts'
import { type FieldGroup, type MergeUnit, unitsOf } from '#main/engine/merge/units.ts'
import type { PlanContext } from '#main/engine/plan-page.ts'
import type { JournalStore } from '#main/engine/ports/sync-store.ts'
import { runIntegration } from '#main/engine/run-integration.ts'
import { makeUndoPlan } from '#main/engine/undo/plan-undo.ts'
import { openStore, type Store } from '#main/store/open-store.ts'
import { compileMapping } from '#shared/mapping/compile-mapping.ts'
import type { ConnectedObject } from '#shared/model/connected.ts'
import type { Run } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { tempFolder } from './temp-folder.ts'

export interface TwoWayBenchOptions {
  readonly source: ConnectedObject
  readonly destination: ConnectedObject
  readonly folder?: string
  readonly rule?: (unit: MergeUnit) => PolicyRule
  readonly groups?: readonly FieldGroup[]
  readonly creates?: { readonly atSource: boolean; readonly atDestination: boolean }
  readonly nowMs?: () => number
  readonly pageSize?: number
  readonly version?: number
  readonly accepts?: (values: Values) => boolean
  /** Looks at, or breaks, what a person decided. */
  readonly decided?: (of: PlanContext['conflictDecisionOf']) => PlanContext['conflictDecisionOf']
  /** Looks at, or breaks, what the engine asks of the journal. */
  readonly journal?: (journal: JournalStore) => JournalStore
}

export interface TwoWayBench {
  readonly store: Store
  readonly run: (control?: RunControl) => Promise<Run>
  readonly plan: () => Promise<string>
  readonly planUndo: (runId: string) => Promise<string>
  readonly apply: (planId: string) => Promise<Run>
}

const forwardRows = [
  { to: 'email', from: 'Email', steps: ['trim', { case: 'lower' }] },
  { to: 'name', from: 'Name' },
  { to: 'city', from: 'City' },
  { to: 'tags', from: 'Tags' },
] as const
const backRows = [
  { to: 'Email', from: 'email' },
  { to: 'Name', from: 'name' },
  { to: 'City', from: 'city' },
  { to: 'Tags', from: 'tags' },
] as const

const noWish: RunControl = { wish: () => 'none', signal: new AbortController().signal }

export function twoWayBench(options: TwoWayBenchOptions): TwoWayBench {
  let nextId = 1
  // A folder that is opened again must not see the same ids once more.
  const idPrefix = crypto.randomUUID()
  const nowMs = options.nowMs ?? (() => Date.UTC(2026, 0, 1))
  const store = openStore({ folder: options.folder ?? tempFolder(), nowMs })
  const [sourceStream, destinationStream] = [store.streams.idOf('list', 'rows'), store.streams.idOf('crm', 'contact')]
  const integration = { integrationId: 'both', integrationVersion: options.version ?? 1 }
  const route = { ...integration, sourceStream, destinationStream }
  const [mapping, back] = [compileMapping(forwardRows), compileMapping(backRows)]

  const makeJob = (): Job => ({
    plan: {
      route,
      mapping,
      matchFields: ['email'],
      existing: 'update',
      usedFields: [...mapping.sourceFields].sort(),
      accepts: options.accepts ?? (() => true),
      doubts: () => [],
      isEvent: () => true,
      decisionOf: store.decisions.of,
      conflictDecisionOf: options.decided?.(store.decisions.ofConflict) ?? store.decisions.ofConflict,
      correctionsOf: store.corrections.of,
      destination: options.destination,
      links: { ...store.links, hasOpenIntent: store.journal.hasOpenIntent },
      scratch: store.scratch(),
      answers: { ask: async (questions) => questions.map(() => ({ found: false, reason: 'none' })) },
    },
    twoWay: {
      route: { ...integration, sourceStream: destinationStream, destinationStream: sourceStream, isBack: true },
      mapping: back,
      matchFields: ['Email'],
      units: unitsOf({ forward: forwardRows, back: backRows, groups: options.groups ?? [], options: {} }),
      ruleOf: options.rule ?? (() => ({ policy: 'hold' })),
      creates: options.creates ?? { atSource: true, atDestination: true },
      destinationFields: [...back.sourceFields].sort(),
      sourceKeys: store.scratch(),
    },
    source: options.source,
    destination: options.destination,
    store: {
      links: store.links,
      journal: options.journal?.(store.journal) ?? store.journal,
      runs: store.runs,
      plans: store.plans,
    },
    clock: { now: nowMs, sleep: async () => undefined },
    ids: { next: () => `${idPrefix}-${nextId++}` },
    settingsHash: '1',
    mayReadIncrementally: true,
    pageSize: options.pageSize ?? 10,
    concurrency: 4,
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
    run: async (control = noWish) => {
      const open = store.runs.interrupted(route.integrationId)
      if (open) store.runs.takeUp(open.id)
      const begun =
        open ?? store.runs.begin(route, { id: `run-${idPrefix}-${nextId++}`, planId: null, startedAt: startedAt() })
      await runIntegration(makeJob(), begun, control)
      return runOf(begun.id)
    },
    plan: async () => {
      const planId = `plan-${idPrefix}-${nextId++}`
      store.plans.beginPlan(route, { id: planId, createdAt: startedAt(), undoes: null })
      await makePlan(makeJob(), planId, noWish)
      return planId
    },
    planUndo: async (runId) => {
      const planId = `plan-${idPrefix}-${nextId++}`
      const written = (afterSeq: number, limit: number) => store.records.written(runId, afterSeq, limit)
      store.plans.beginPlan(route, { id: planId, createdAt: startedAt(), undoes: runId })
      await makeUndoPlan(makeJob(), planId, { written, overwritesNewer: false }, noWish)
      return planId
    },
    apply: async (planId) => {
      const begun = store.runs.begin(route, { id: `run-${idPrefix}-${nextId++}`, planId, startedAt: startedAt() })
      await applyPlan(makeJob(), { ...begun, planId }, noWish)
      return runOf(begun.id)
    },
  }
}
