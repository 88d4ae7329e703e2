/** Starts, watches and stops plans and runs: at most one at a time for each integration. */

import { applyPlan } from '#main/engine/apply-plan.ts'
import type { RunControl, StopWish } from '#main/engine/job.ts'
import { makePlan } from '#main/engine/make-plan.ts'
import type { StoredRun } from '#main/engine/ports/sync-store.ts'
import { runIntegration } from '#main/engine/run-integration.ts'
import { makeUndoPlan } from '#main/engine/undo/plan-undo.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import { type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { RunTimings, RunTrigger } from '#shared/model/run.ts'
import { approvalOf, contentVersionOf } from './approval.ts'
import { type BuiltJob, buildJob, type JobSurroundings, parseIntegration, storedIntegration } from './build-job.ts'
import { noticeCircle } from './notice-circle.ts'
import { noticeDrift } from './notice-drift.ts'
import { createPlaceGate } from './place-gate.ts'
import {
  alreadyBusy,
  approvable,
  isBySchedule,
  notRunning,
  pausedByHand,
  planFirst,
  refuseUnmappedRequired,
} from './run-refusals.ts'
import { refuseOpenWrites, undoableRun } from './undo-window.ts'

export interface IntegrationRuns {
  /** Starts making a plan; resolves with its id as soon as it is begun. */
  readonly plan: (integrationId: string) => Promise<string>
  /** Starts making the plan that takes a run back; resolves with its id. Throws AppError where that cannot be. */
  readonly planUndo: (runId: string, wish: { readonly overwritesNewer: boolean }) => Promise<string>
  readonly approve: (planId: string, trigger?: RunTrigger) => Promise<string>
  readonly discard: (planId: string) => void
  /** Starts a run, or takes up the interrupted one; answers its id. */
  readonly start: (integrationId: string, request?: RunRequest) => Promise<string>
  readonly pause: (runId: string) => void
  readonly cancel: (runId: string) => void
  readonly activeCount: () => number
  /** Whether a run or a plan of this integration is being worked on by this process. */
  readonly isBusy: (integrationId: string) => boolean
  /** Runs and plans that this process works on. */
  readonly active: () => readonly { readonly id: string; readonly integrationId: string }[]
  /** Whether the run is being worked on by this process. */
  readonly isActive: (runId: string) => boolean
  /** The integration whose run has to end first, because it writes to the same place. */
  readonly waitsFor: (runId: string) => string | undefined
  /** What ended a run whose end could not be saved (a full disk). */
  readonly lostEnd: (runId: string) => ErrorInfo | undefined
  /** Lets running work stop at its next page and waits for it, at most `patienceMs`. */
  readonly stopAll: (patienceMs: number) => Promise<void>
}

export interface RunRequest {
  readonly trigger: RunTrigger
  /** Reserved beforehand; absent, or used already: a new one. */
  readonly runId?: string
}

interface Active {
  readonly id: string
  readonly integrationId: string
  wish: StopWish
  readonly abort: AbortController
  done: Promise<unknown>
}

export interface RunsOptions extends JobSurroundings {
  readonly publish: (event: AppEvent) => void
  readonly log: (message: string, details: ErrorInfo) => void
}

export function createIntegrationRuns(options: RunsOptions): IntegrationRuns {
  const { store, clock, ids } = options
  const active = new Map<string, Active>()
  const lostEnds = new Map<string, ErrorInfo>()
  const gate = createPlaceGate()

  const reserve = (integrationId: string, id: string): Active => {
    if (active.has(integrationId)) throw alreadyBusy(integrationId)
    const entry: Active = { id, integrationId, wish: 'none', abort: new AbortController(), done: Promise.resolve() }
    active.set(integrationId, entry)
    return entry
  }

  /** Builds the job, begins, and lets `work` go on by itself; a failure to begin gives the place free again. */
  const launch = async <Begun>(
    entry: Active,
    hint: AppEvent,
    begin: (built: BuiltJob) => Begun,
    work: (built: BuiltJob, begun: Begun) => Promise<unknown>,
    isUndo = false,
  ): Promise<Begun> => {
    const publish = (): void => options.publish(hint)
    try {
      const built = await buildJob(entry.integrationId, options, {
        signal: entry.abort.signal,
        onProgress: publish,
        isUndo,
      })
      const begun = begin(built)
      publish()
      entry.done = work(built, begun)
        .catch((thrown) => {
          lostEnds.set(entry.id, errorInfoOf(thrown))
          options.log('the end of a run could not be saved', errorInfoOf(thrown))
        })
        .finally(() => {
          built.release()
          active.delete(entry.integrationId)
          publish()
        })
      return begun
    } catch (thrown) {
      active.delete(entry.integrationId)
      throw thrown
    }
  }

  const controlOf = (entry: Active): RunControl => ({ wish: () => entry.wish, signal: entry.abort.signal })
  const now = (): string => new Date(clock.now()).toISOString()

  const plan = async (integrationId: string): Promise<string> => {
    const planId = ids.next()
    const entry = reserve(integrationId, planId)
    const hint: AppEvent = { name: 'plan.changed', payload: { planId, integrationId } }
    await launch(
      entry,
      hint,
      (built) => store.plans.beginPlan(built.job.plan.route, { id: planId, createdAt: now(), undoes: null }),
      (built) => makePlan(built.job, planId, controlOf(entry)),
    )
    return planId
  }

  const planUndo: IntegrationRuns['planUndo'] = async (runId, { overwritesNewer }) => {
    const { integrationId } = undoableRun(runId, store, clock.now())
    refuseOpenWrites({ integrationId }, store)
    const planId = ids.next()
    const entry = reserve(integrationId, planId)
    const hint: AppEvent = { name: 'plan.changed', payload: { planId, integrationId } }
    const written = (afterSeq: number, limit: number) => store.records.written(runId, afterSeq, limit)
    await launch(
      entry,
      hint,
      (built) => store.plans.beginPlan(built.job.plan.route, { id: planId, createdAt: now(), undoes: runId }),
      (built) => makeUndoPlan(built.job, planId, { written, overwritesNewer }, controlOf(entry)),
      true,
    )
    return planId
  }

  const run = async (
    integrationId: string,
    runId: string,
    begin: (built: BuiltJob) => StoredRun,
    isUndo = false,
  ): Promise<string> => {
    const entry = reserve(integrationId, runId)
    const hint: AppEvent = { name: 'run.changed', payload: { runId, integrationId } }
    const work = async (built: BuiltJob, stored: StoredRun): Promise<unknown> => {
      const isUnwanted = (): boolean => entry.wish !== 'none'
      const release = await gate.take({ id: integrationId, places: placesOf(built.job), isUnwanted })
      if (!release) return endBeforeItBegan(built, stored, entry.wish)
      return carryOut(built, stored, controlOf(entry)).finally(release)
    }
    await launch(entry, hint, begin, work, isUndo)
    return runId
  }

  const carryOut = async (built: BuiltJob, stored: StoredRun, control: RunControl): Promise<unknown> => {
    const { planId } = stored
    const others = store.definitions.list('integration').map(parseIntegration)
    const notes = [...noticeDrift(store.shapes, built.met), ...noticeCircle(built.definition, others)]
    const job = { ...built.job, notes }
    if (planId === null) return runIntegration(job, stored, control)
    const state = await applyPlan(job, { ...stored, planId }, control)
    if (state === 'finished') store.plans.setState(planId, 'applied')
    return state
  }

  /** It was paused, cancelled or stopped while it waited for another run. */
  const endBeforeItBegan = ({ job }: BuiltJob, { id }: StoredRun, wish: StopWish): void =>
    store.runs.finish(job.plan.route, id, {
      state: wish === 'cancel' ? 'cancelled' : wish === 'pause' ? 'paused' : 'interrupted',
      endedAt: now(),
      timings: noTimings,
      error: null,
      notes: [],
    })

  /** A run whose end could not be saved still stands as running: it was interrupted. */
  const leaveNoneRunning = (integrationId: string): void => {
    const latest = store.runs.list({ integrationId, limit: 1 })[0]
    if (latest?.state === 'running' && !active.has(integrationId)) store.runs.setState(latest.id, 'interrupted')
  }

  const start = async (
    integrationId: string,
    { trigger, runId: reserved }: RunRequest = { trigger: 'by-hand' },
  ): Promise<string> => {
    const approval = approvalOf(storedIntegration(store, integrationId), store.definitions)
    if (!approval.isApproved) throw planFirst(integrationId, approval)
    leaveNoneRunning(integrationId)
    const open = store.runs.interrupted(integrationId)
    if (open?.state === 'paused' && isBySchedule(trigger)) throw pausedByHand(integrationId, open.id)
    if (open && open.integrationVersion === currentVersion(integrationId)) {
      const takeUp = (): StoredRun => {
        store.runs.takeUp(open.id)
        return open
      }
      return run(integrationId, open.id, takeUp, open.planId !== null && isUndoPlan(open.planId))
    }
    const runId = reserved !== undefined && !store.runs.get(reserved) ? reserved : ids.next()
    return run(integrationId, runId, (built) => {
      // The definition changed since: where the old run had read to means nothing now. Its open writes come first anyway.
      if (open) store.runs.setState(open.id, 'cancelled')
      return store.runs.begin(built.job.plan.route, { id: runId, planId: null, startedAt: now(), trigger })
    })
  }

  const approve = async (planId: string, trigger: RunTrigger = 'by-hand'): Promise<string> => {
    const { integrationId, undoes } = approvable(store.plans.get(planId), planId, currentVersion)
    const isUndo = undoes !== null
    if (isUndo) refuseOpenWrites({ integrationId }, store)
    const runId = ids.next()
    const begin = (built: BuiltJob): StoredRun => {
      if (!isUndo) refuseUnmappedRequired(built.job)
      const open = store.runs.interrupted(integrationId)
      if (open) store.runs.setState(open.id, 'cancelled')
      store.plans.setState(planId, 'approved')
      // To take something back says nothing about what the integration may do from now on.
      if (!isUndo) store.definitions.approve(integrationId, built.job.plan.route.integrationVersion, now())
      return store.runs.begin(built.job.plan.route, { id: runId, planId, startedAt: now(), trigger })
    }
    await run(integrationId, runId, begin, isUndo)
    options.publish({ name: 'plan.changed', payload: { planId, integrationId } })
    return runId
  }

  const isUndoPlan = (planId: string): boolean => (store.plans.get(planId)?.undoes ?? null) !== null

  const currentVersion = (integrationId: string): number =>
    contentVersionOf(storedIntegration(store, integrationId), store.definitions)

  const wish = (runId: string, what: StopWish): void => {
    const entry = [...active.values()].find((candidate) => candidate.id === runId)
    if (entry) {
      entry.wish = what
      gate.lookAgain()
      return
    }
    const stored = store.runs.get(runId)
    if (stored && what === 'cancel' && (stored.state === 'paused' || stored.state === 'interrupted')) {
      store.runs.setState(runId, 'cancelled')
      store.journal.withdrawReady(stored.integrationId)
      options.publish({ name: 'run.changed', payload: { runId, integrationId: stored.integrationId } })
      return
    }
    throw notRunning(runId)
  }

  return {
    plan,
    planUndo,
    approve,
    start,
    discard: (planId) =>
      store.plans.setState(approvable(store.plans.get(planId), planId, currentVersion).id, 'discarded'),
    pause: (runId) => wish(runId, 'pause'),
    cancel: (runId) => wish(runId, 'cancel'),
    activeCount: () => active.size,
    isBusy: (integrationId) => active.has(integrationId),
    active: () => [...active.values()].map(({ id, integrationId }) => ({ id, integrationId })),
    isActive: (runId) => [...active.values()].some((entry) => entry.id === runId),
    waitsFor: (runId) => {
      const entry = [...active.values()].find(({ id }) => id === runId)
      return entry && gate.holderFor(entry.integrationId)
    },
    lostEnd: (runId) => lostEnds.get(runId),
    stopAll: async (patienceMs) => {
      const entries = [...active.values()]
      for (const entry of entries) entry.wish = 'stop'
      gate.lookAgain()
      const all = Promise.all(entries.map((entry) => entry.done))
      const patience = new AbortController()
      const over = clock.sleep(patienceMs, patience.signal).then(
        () => true,
        () => false,
      )
      const isOver = await Promise.race([all.then(() => false), over])
      // A timer that sleeps on would keep the process alive.
      patience.abort()
      if (isOver) for (const entry of entries) entry.abort.abort()
      await all
    },
  }
}

const noTimings: RunTimings = { readingMs: 0, mappingMs: 0, waitingMs: 0, writingMs: 0, storingMs: 0 }

/** Where the run writes to: both ways, both sides. */
function placesOf({ plan, twoWay }: BuiltJob['job']): readonly number[] {
  const { sourceStream, destinationStream } = plan.route
  return twoWay ? [destinationStream, sourceStream] : [destinationStream]
}
