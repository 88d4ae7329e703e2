/** Several one-way legs on one real store: an engine job for each, between services of the test. */
import { applyPlan } from '#main/engine/apply-plan.ts'
import type { Job, RunControl } from '#main/engine/job.ts'
import type { JournalStore } from '#main/engine/ports/sync-store.ts'
import { runIntegration } from '#main/engine/run-integration.ts'
import { makeUndoPlan } from '#main/engine/undo/plan-undo.ts'
import { openStore, type Store } from '#main/store/open-store.ts'
import type { CompiledMapping } from '#shared/mapping/evaluate-types.ts'
import type { ConnectedObject } from '#shared/model/connected.ts'
import type { DeletePolicy } from '#shared/model/delete-policy.ts'
import type { Run } from '#shared/model/run.ts'

export interface BenchLeg {
  readonly id: string
  readonly source: { readonly name: string; readonly object: ConnectedObject }
  readonly destination: { readonly name: string; readonly object: ConnectedObject }
  readonly match: readonly string[]
  /** Field of the destination that gets the source's `Value`. */
  readonly field: string
  readonly deletes?: DeletePolicy
}

export interface LegsBench {
  readonly store: Store
  readonly run: (leg: BenchLeg) => Promise<Run>
  /** Makes the plan to undo the run, and carries it out. */
  readonly undo: (leg: BenchLeg, runId: string) => Promise<Run>
}

const noWish: RunControl = { wish: () => 'none', signal: new AbortController().signal }
let nextId = 1

export function legsBench(options: {
  readonly folder: string
  readonly journal: (journal: JournalStore) => JournalStore
}): LegsBench {
  const nowMs = (): number => Date.UTC(2026, 0, 1)
  const store = openStore({ folder: options.folder, nowMs })
  const at = new Date(nowMs()).toISOString()

  const jobOf = (leg: BenchLeg): Job => ({
    plan: {
      route: routeOf(leg),
      mapping: mappingInto(leg.field),
      matchFields: leg.match,
      existing: 'update',
      ...(typeof leg.deletes === 'object' && { marks: leg.deletes.set }),
      usedFields: ['Email', 'Value'],
      accepts: () => true,
      doubts: () => [],
      isEvent: () => true,
      decisionOf: store.decisions.of,
      conflictDecisionOf: store.decisions.ofConflict,
      correctionsOf: store.corrections.of,
      destination: leg.destination.object,
      links: { ...store.links, hasOpenIntent: store.journal.hasOpenIntent },
      scratch: store.scratch(),
      answers: { ask: async (questions) => questions.map(() => ({ found: false, reason: 'none' })) },
    },
    ...(leg.deletes && { deletes: leg.deletes }),
    source: leg.source.object,
    destination: leg.destination.object,
    store: { links: store.links, journal: options.journal(store.journal), runs: store.runs, plans: store.plans },
    clock: { now: nowMs, sleep: async () => undefined },
    ids: { next: () => `leg-${nextId++}` },
    settingsHash: '1',
    mayReadIncrementally: false,
    pageSize: 10,
    concurrency: 4,
    onProgress: () => undefined,
  })

  function routeOf({ id, source, destination }: BenchLeg) {
    return {
      integrationId: id,
      integrationVersion: 1,
      sourceStream: store.streams.idOf(source.name, 'rows'),
      destinationStream: store.streams.idOf(destination.name, 'rows'),
    }
  }

  const begin = (leg: BenchLeg, planId: string | null) => {
    const open = store.runs.interrupted(leg.id)
    if (open && open.planId === planId) {
      store.runs.takeUp(open.id)
      return open
    }
    if (open) store.runs.setState(open.id, 'cancelled')
    return store.runs.begin(routeOf(leg), { id: `run-${nextId++}`, planId, startedAt: at })
  }

  const runOf = (runId: string): Run => {
    const run = store.runs.get(runId)
    if (!run) throw new Error(`no run ${runId}`)
    return run
  }

  return {
    store,
    run: async (leg) => {
      const begun = begin(leg, null)
      await runIntegration(jobOf(leg), begun, noWish)
      return runOf(begun.id)
    },
    undo: async (leg, runId) => {
      const planId = `plan-${nextId++}`
      const written = (afterSeq: number, limit: number) => store.records.written(runId, afterSeq, limit)
      store.plans.beginPlan(routeOf(leg), { id: planId, createdAt: at, undoes: runId })
      await makeUndoPlan(jobOf(leg), planId, { written, overwritesNewer: false }, noWish)
      const begun = begin(leg, planId)
      await applyPlan(jobOf(leg), { ...begun, planId }, noWish)
      return runOf(begun.id)
    },
  }
}

function mappingInto(field: string): CompiledMapping {
  return {
    sourceFields: ['Email', 'Value'],
    targetFields: ['email', field],
    writeRuleOf: () => 'always',
    evaluate: ({ Email = null, Value = null }) => ({
      values: { email: Email, [field]: Value },
      issues: [],
      questions: [],
    }),
  }
}
