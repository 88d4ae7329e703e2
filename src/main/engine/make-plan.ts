/** Makes a plan: reads and decides like a run, sends nothing, and freezes every decision for approval. */
import { type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { ReadPage } from '#shared/model/connected.ts'
import { noOutcomes, type Outcome, type OutcomeCounts } from '#shared/model/run.ts'
import { findGone } from './deletes/find-gone.ts'
import type { Job, RunControl } from './job.ts'
import { createMatcher } from './match.ts'
import { type PagePlan, type PlanContext, planPage } from './plan-page.ts'
import type { Agreement, FrozenItem } from './ports/sync-store.ts'
import { readAhead } from './read-ahead.ts'
import { planTwoWay } from './two-way/plan-two-way.ts'
import type { TwoWay } from './two-way/two-way-job.ts'

/** What each action of a plan would become. */
export const outcomeOfAction = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  link: 'unchanged',
  hold: 'held',
  fail: 'failed',
} as const

/** Fills a begun plan. Answers the error that stopped it, or null; the plan is marked accordingly. */
export async function makePlan(job: Job, planId: string, control: RunControl): Promise<ErrorInfo | null> {
  try {
    const matcher = createMatcher(job.destination, job.plan.matchFields, job.plan.scratch)
    const context: PlanContext = { ...job.plan, matcher, now: new Date(job.clock.now()).toISOString() }
    const nextSince = job.twoWay
      ? await planBoth(job, job.twoWay, planId, control)
      : await planAll(job, planId, context, control)
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
    if (job.deletes) for (const { externalId } of page.records) job.plan.scratch.see(externalId)
    const items = await planOne(page, context, counts, control)
    const progress = { readCount, counts: { ...counts } as OutcomeCounts }
    job.store.plans.addItems(planId, items, progress)
    job.onProgress({ ...progress, position: { kind: 'start' }, serverTime })
  }
  for await (const { items, unlinks } of findGone(job, control.signal)) {
    for (const { action } of items) counts[outcomeOfAction[action]] += 1
    counts.skipped += unlinks.length
    job.store.plans.addItems(planId, items, { readCount, counts: { ...counts } })
  }
  return serverTime
}

/** A plan of both ways reads everything: what it is approved for must not depend on where an earlier run had read to. */
async function planBoth(job: Job, twoWay: TwoWay, planId: string, { signal }: RunControl): Promise<string | null> {
  const counts: Record<Outcome, number> = { ...noOutcomes }
  let readCount = 0
  let serverTime: string | null = null
  for await (const page of planTwoWay(job, twoWay, { since: {}, signal })) {
    serverTime = page.times.source
    readCount += page.readCount
    counts.unchanged += page.unchangedCount + page.agreements.length
    counts.skipped += page.filteredCount
    for (const item of page.items) counts[outcomeOfAction[item.action]] += 1
    const progress = { readCount, counts: { ...counts } as OutcomeCounts }
    job.store.plans.addItems(planId, [...page.items, ...page.agreements.map(agreedItem)], progress)
    job.onProgress({ ...progress, position: { kind: 'start' }, serverTime })
  }
  return serverTime
}

function agreedItem({ source, destination, patches, isPartial }: Agreement): FrozenItem {
  const { externalId, base, version } = destination
  const settled = { source, destinationId: externalId, nextBase: base, version }
  return { ...linkOf(settled), ...(patches && { patches }), ...(isPartial && { isPartial }) }
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
  return plan.settled.map(linkOf)
}

function linkOf(settled: PagePlan['settled'][number]): FrozenItem {
  return {
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
  }
}
