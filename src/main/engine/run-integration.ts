/**
 * Runs an integration: takes up what an earlier run left open, reads page by page, decides, writes through the
 * journal, and ends with a run that says what became of every record. A kill at any moment is taken up from the journal.
 */
import { AppError, type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { ConnectedObject, ReadRequest, RemoteRecord } from '#shared/model/connected.ts'
import type { RunState } from '#shared/model/run.ts'
import { createExecutor, type Executor } from './apply/executor.ts'
import { createTally } from './apply/tally.ts'
import { countMissed, notesOf } from './completeness.ts'
import { findGone } from './deletes/find-gone.ts'
import type { Job, RunControl } from './job.ts'
import { createMatcher } from './match.ts'
import { planPage } from './plan-page.ts'
import type { Checkpoint, Intent, ReadPosition, Route, StoredRun } from './ports/sync-store.ts'
import { readAhead } from './read-ahead.ts'
import { replan } from './replan.ts'
import type { RunningParts } from './running-parts.ts'
import { reachOf } from './since.ts'
import { runTwoWay } from './two-way/run-two-way.ts'
import { joinExecutors } from './two-way/two-way-executor.ts'

/** Carries a begun run to its end. Never throws: whatever goes wrong becomes the run's state and error. */
export async function runIntegration(job: Job, run: StoredRun, control: RunControl): Promise<RunState> {
  const parts = makeParts(job, run, control)
  let error: ErrorInfo | null = null
  try {
    await settleAll(parts, await recoverOpen(parts))
    if (run.position.kind !== 'end') await readAll(parts)
    await settleAll(parts, await parts.executor.settle())
    error = parts.executor.failure() ?? null
  } catch (thrown) {
    error = errorInfoOf(thrown)
    await parts.executor.settle().catch(() => [])
  }
  return finish(parts, error)
}

export function makeParts(job: Job, run: StoredRun, control: RunControl): RunningParts {
  const tally = createTally(job.clock, run)
  const executorOf = (route: Route, destination: ConnectedObject): Executor =>
    createExecutor({
      route,
      runId: run.id,
      destination,
      journal: job.store.journal,
      clock: job.clock,
      ids: job.ids,
      tally,
      concurrency: job.concurrency,
      signal: control.signal,
      onProgress: () => job.onProgress(tally.progress()),
    })
  const forward = executorOf(job.plan.route, job.destination)
  const executor = job.twoWay ? joinExecutors(forward, executorOf(job.twoWay.route, job.source)) : forward
  const matcher = createMatcher(job.destination, job.plan.matchFields, job.plan.scratch)
  const context = { ...job.plan, matcher, now: new Date(job.clock.now()).toISOString() }
  const reading = { isSourceFull: false, isDestinationFull: false, checksSince: undefined, missedCount: 0 }
  return { job, run, control, tally, executor, context, times: { destination: null }, reading }
}

/** Finishes the writes an earlier run left open, and claims the keys of those that wait for a person. */
export async function recoverOpen(parts: RunningParts): Promise<readonly Intent[]> {
  const { job, executor } = parts
  for (const held of job.store.journal.openIntents(job.plan.route.integrationId, ['held'], heldLimit)) {
    const key = held.facts.findBy
    if (key) job.plan.scratch.claim(key.field, key.value, held.facts.source.externalId)
  }
  await executor.recover()
  return executor.settle()
}

const heldLimit = 10_000
const failedLimit = 10_000
const replanRounds = 3

/** Plans anew what turned out to have changed meanwhile, a bounded number of times. */
export async function settleAll(parts: RunningParts, withdrawn: readonly Intent[]): Promise<void> {
  let open = withdrawn
  for (let round = 0; open.length > 0 && !isStopping(parts); round++) {
    await parts.executor.applyPage(await replan(open, parts, round >= replanRounds))
    open = await parts.executor.settle()
  }
}

async function readAll(parts: RunningParts): Promise<void> {
  const { job } = parts
  if (job.twoWay) return runTwoWay(parts, job.twoWay, () => isStopping(parts))
  const { since, checksSince } = reachOf(job, job.source, job.plan.route)
  parts.reading.isSourceFull = since === undefined
  parts.reading.checksSince = checksSince
  const token = parts.run.position.kind === 'at' ? parts.run.position.token : undefined
  try {
    await readPages(parts, since, token)
    if (since === undefined && token === undefined) await applyGone(parts)
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'page-token-stale' || token === undefined) throw thrown
    // The place to go on from is gone: read from the start; what is done already is met as unchanged.
    await readPages(parts, since, undefined)
  }
  if (since !== undefined && !isStopping(parts)) await retryFailed(parts)
}

/** Everything was read in one go: what is linked and was not shown is gone, or hidden. */
async function applyGone(parts: RunningParts): Promise<void> {
  const { job, tally, executor } = parts
  if (parts.tally.progress().position.kind !== 'end' || isStopping(parts)) return
  for await (const page of findGone(job, parts.control.signal)) {
    const position = tally.progress().position
    await executor.applyPage({ ...nothingRead, ...page, position })
    if (isStopping(parts)) return
  }
}

const nothingRead = { settled: [], skipped: [], unchangedCount: 0, filteredCount: 0, readCount: 0 } as const

/** An incremental read does not meet the records that failed before: they are planned again from what is kept of them. */
async function retryFailed(parts: RunningParts): Promise<void> {
  const failed = parts.job.store.journal.failedRecords(parts.job.plan.route, parts.context.now, failedLimit)
  const records = failed.map((record) => ({ externalId: record.source.externalId, values: record.source.base }))
  await applyRecords(parts, records, { position: parts.tally.progress().position })
}

async function readPages(parts: RunningParts, since: string | undefined, token: string | undefined): Promise<void> {
  const { job, control, tally } = parts
  const request: ReadRequest = {
    signal: control.signal,
    ...(job.pageSize === undefined ? {} : { pageSize: job.pageSize }),
    ...(since === undefined ? {} : { since }),
    ...(token === undefined ? {} : { pageToken: token }),
  }
  let startMs = job.clock.now()
  for await (const page of readAhead(job.source, request)) {
    tally.spend('readingMs', job.clock.now() - startMs)
    const position: ReadPosition = page.next === undefined ? { kind: 'end' } : { kind: 'at', token: page.next }
    if (job.deletes) for (const { externalId } of page.records) job.plan.scratch.see(externalId)
    await applyRecords(parts, page.records, { position, serverTime: page.serverTime })
    if (isStopping(parts)) return
    startMs = job.clock.now()
  }
}

interface Step {
  readonly position: ReadPosition
  readonly serverTime?: string | undefined
}

/**
 * A list that shifts gives a record twice, the second time perhaps while its first write is under way: that is waited
 * for, and then it is unchanged or changed like any other. What waits for a person stays open.
 */
async function applyRecords(parts: RunningParts, records: readonly RemoteRecord[], step: Step): Promise<void> {
  const { control, tally, executor, context } = parts
  if (records.some(({ externalId }) => context.links.hasOpenIntent(context.route, externalId)))
    await settleAll(parts, await executor.settle())
  const plan = await tally.timed('mappingMs', () => planPage(records, context, control.signal))
  parts.reading.missedCount += countMissed(plan, records, parts.reading.checksSince)
  await executor.applyPage({ ...plan, ...step, readCount: records.length })
}

export function isStopping(parts: RunningParts): boolean {
  return parts.control.wish() !== 'none' || parts.control.signal.aborted || parts.executor.failure() !== undefined
}

export function finish(parts: RunningParts, error: ErrorInfo | null): RunState {
  const { job, run, control, tally } = parts
  const state = stateAfter(parts, error)
  const { serverTime } = tally.progress()
  const endedAt = new Date(job.clock.now()).toISOString()
  const isRead = state === 'finished' && run.planId === null
  // Before the run counts as finished: everything that was read is settled by now, so being ahead loses nothing.
  if (isRead && job.twoWay) {
    job.store.runs.saveCheckpoint(
      job.twoWay.route,
      checkpointOf(parts, job.twoWay.route, parts.times.destination, parts.reading.isDestinationFull),
    )
  }
  job.store.runs.finish(job.plan.route, run.id, {
    state,
    endedAt,
    notes: [...(job.notes ?? []), ...notesOf(parts.reading, state)],
    timings: tally.timings(),
    error: control.wish() === 'none' ? error : null,
    ...(isRead && { checkpoint: checkpointOf(parts, job.plan.route, serverTime, parts.reading.isSourceFull) }),
  })
  return state
}

function checkpointOf({ job }: RunningParts, route: Route, since: string | null, isFull: boolean): Checkpoint {
  const fullAt = isFull ? new Date(job.clock.now()).toISOString() : (job.store.runs.checkpoint(route)?.fullAt ?? null)
  return { since, settingsHash: job.settingsHash, fullAt }
}

function stateAfter(parts: RunningParts, error: ErrorInfo | null): RunState {
  const wish = parts.control.wish()
  if (wish === 'cancel') return 'cancelled'
  if (wish === 'pause') return 'paused'
  if (wish === 'stop' || parts.control.signal.aborted) return 'interrupted'
  if (error) return error.kind === 'config' || error.kind === 'bug' || error.kind === 'data' ? 'failed' : 'interrupted'
  return 'finished'
}
