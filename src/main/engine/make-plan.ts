/** Makes a plan: reads and decides like a run, sends nothing, and freezes every decision for approval. */
import { type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { ReadPage } from '#shared/model/connected.ts'
import { noOutcomes, type Outcome, type OutcomeCounts } from '#shared/model/run.ts'
import type { Job, RunControl } from './job.ts'
import { createMatcher } from './match.ts'
import { type PagePlan, type PlanContext, planPage } from './plan-page.ts'
import type { FrozenItem } from './ports/sync-store.ts'
import { readAhead } from './read-ahead.ts'

const outcomeOfAction = {
  create: 'created',
  update: 'updated',
  link: 'unchanged',
  hold: 'held',
  fail: 'failed',
} as const

/** Fills a begun plan. Answers the error that stopped it, or null; the plan is marked accordingly. */
export async function makePlan(job: Job, planId: string, control: RunControl): Promise<ErrorInfo | null> {
  try {
    const matcher = createMatcher(job.destination, job.plan.matchFields, job.plan.scratch)
    const context: PlanContext = { ...job.plan, matcher, now: new Date(job.clock.now()).toISOString() }
    const nextSince = await planAll(job, planId, context, control)
    job.store.plans.readyPlan(planId, nextSince)
    return null
  } catch (thrown) {
    const error = errorInfoOf(thrown)
    job.store.plans.failPlan(planId, error)
    return error
  }
}

async function planAll(job: Job, planId: string, context: PlanContext, control: RunControl): Promise<string | null> {
  const counts: Record<Outcome, number> = { ...noOutcomes }
  let readCount = 0
  let serverTime: string | null = null
  const pageSize = job.pageSize === undefined ? {} : { pageSize: job.pageSize }
  for await (const page of readAhead(job.source, { ...pageSize, signal: control.signal })) {
    control.signal.throwIfAborted()
    serverTime ??= page.serverTime ?? null
    readCount += page.records.length
    const items = await planOne(page, context, counts, control)
    const progress = { readCount, counts: { ...counts } as OutcomeCounts }
    job.store.plans.addItems(planId, items, progress)
    job.onProgress({ ...progress, position: { kind: 'start' }, serverTime })
  }
  return serverTime
}

async function planOne(page: ReadPage, context: PlanContext, counts: Record<Outcome, number>, control: RunControl) {
  const plan = await planPage(page.records, context, control.signal)
  counts.unchanged += plan.unchangedCount + plan.settled.length
  counts.skipped += plan.filteredCount + plan.skipped.length
  for (const item of plan.items) counts[outcomeOfAction[item.action]] += 1
  return [...plan.items, ...settledItems(plan)]
}

/** A record whose change means nothing at the destination is frozen as a link: applying the plan renews the agreement. */
function settledItems(plan: PagePlan): readonly FrozenItem[] {
  return plan.settled.map((settled) => ({
    action: 'link',
    label: settled.source.externalId,
    source: settled.source,
    agreedHash: null,
    destinationId: settled.destinationId,
    operation: null,
    values: {},
    before: null,
    after: {},
    nextBase: settled.nextBase,
    version: settled.version,
    reason: { code: 'same-already', message: 'The destination holds these values already.' },
  }))
}
