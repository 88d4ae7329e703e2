/**
 * Carries decisions out through the write journal: records a page, sends its intents, books the replies, and finds
 * out about the writes whose answer never came. Streaming runs and approved plans both end here.
 */
import { AppError, type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { ConnectedObject, WriteReply } from '#shared/model/connected.ts'
import { groupsOf } from '../in-slices.ts'
import type { PagePlan } from '../plan-page.ts'
import type { Clock, Ids } from '../ports/surroundings.ts'
import type {
  Intent,
  IntentEnd,
  JournalStore,
  OpenIntent,
  PageBatch,
  ReadPosition,
  Route,
} from '../ports/sync-store.ts'
import { resolveUncertain, type Verdict } from './resolve-uncertain.ts'
import { createSender } from './sender.ts'
import { type PageDecisions, restOf, type SortedItems, sortItems } from './sort-items.ts'
import type { Tally } from './tally.ts'

export interface ExecutorOptions {
  readonly route: Route
  readonly runId: string
  readonly destination: ConnectedObject
  readonly journal: JournalStore
  readonly clock: Clock
  readonly ids: Ids
  readonly tally: Tally
  readonly concurrency: number
  readonly signal: AbortSignal
  readonly onProgress: () => void
}

export interface PageToApply extends PageDecisions, Pick<PagePlan, 'unchangedCount' | 'filteredCount'> {
  /** `as-it-was`: this page does not change how far the run has read. */
  readonly position: ReadPosition | { readonly kind: 'as-it-was' }
  readonly readCount: number
  readonly serverTime?: string | undefined
}

export interface Executor {
  readonly applyPage: (page: PageToApply) => Promise<void>
  /** Takes up the open intents of an earlier, interrupted run. */
  readonly recover: () => Promise<void>
  /** Waits for everything in flight, settles uncertain writes; answers the records to plan anew. */
  readonly settle: () => Promise<readonly Intent[]>
  /** Why the connection had to be given up, if so. */
  readonly failure: () => ErrorInfo | undefined
}

const flushSize = 100
/** Intents of one transaction: about a millisecond, so that answers meanwhile do not wait. */
const smallGroup = 25
const nothingElse = { agreements: [], records: [], failed: [] } as const
const flushAfterMs = 20
const recoverySize = 500
const settleRounds = 4
/** Before the second round; a service in trouble gets a little longer with each. */
const roundPauseMs = 1_000

export function createExecutor(options: ExecutorOptions): Executor {
  const { route, runId, destination, journal, clock, tally, signal } = options
  let ended: IntentEnd[] = []
  let uncertain: Intent[] = []
  let uncertainSinceMs = 0
  let planAgain: Intent[] = []
  let flushTimer: NodeJS.Timeout | undefined

  const flush = (): void => {
    clearTimeout(flushTimer)
    flushTimer = undefined
    if (ended.length === 0) return
    const ends = ended
    ended = []
    for (const end of ends) countEnd(end)
    tally.timed('storingMs', () => journal.end(route, runId, ends, tally.progress()))
    options.onProgress()
  }

  const countEnd = (end: IntentEnd): void => {
    if (end.kind === 'written') tally.add(outcomeOf(end.intent))
    else if (end.kind === 'rejected') tally.add(end.outcome)
    else if (end.kind === 'held') tally.add('held')
  }

  const close = (end: IntentEnd): void => {
    ended.push(end)
    // What is answered and not booked is uncertain after a kill; class N has no way to find out.
    if (ended.length >= flushSize || end.intent.writeClass === 'N') flush()
    else flushTimer ??= setTimeout(flushInTime, flushAfterMs)
  }

  /** A journal that cannot be written ends the sending; what was answered meanwhile is found out by the next run. */
  const flushInTime = (): void => {
    try {
      flush()
    } catch (thrown) {
      sender.giveUp(errorInfoOf(thrown))
    }
  }

  const onReply = (intent: Intent, reply: WriteReply): void => {
    if (reply.status === 'written') {
      const { externalId, version = null, values } = reply
      close({ kind: 'written', intent, externalId, version, ...(values && { values }) })
    } else if (reply.status === 'uncertain') {
      journal.markUncertain(intent, reply.error)
      doubt([intent])
    } else if (reply.status === 'rejected') onRejected(intent, reply)
  }

  /**
   * The destination holds something else by now. One way, the record is planned anew against that. Both ways it waits,
   * in the transaction that closes the write: the next run merges it with what stands on both sides then, and what may
   * have been written stands in the log. What was to be taken back waits for a new plan to undo it.
   */
  const withdraw = (intent: Intent, error: ErrorInfo): void => {
    if (intent.facts.patches || intent.facts.undo) {
      close({ kind: 'rejected', intent, outcome: 'held', error: intent.facts.undo ? undoAgain(error) : error })
      return
    }
    planAgain.push(intent)
    close({ kind: 'withdrawn', intent })
  }

  const doubt = (intents: readonly Intent[]): void => {
    uncertain.push(...intents)
    uncertainSinceMs = clock.now()
  }

  const onRejected = (intent: Intent, reply: Extract<WriteReply, { status: 'rejected' }>): void => {
    if (reply.error.code === 'stale-version') {
      withdraw(intent, changedMeanwhile)
      return
    }
    const outcome = reply.error.kind === 'conflict' ? 'held' : 'failed'
    const field = reply.field === undefined ? {} : { field: reply.field }
    close({ kind: 'rejected', intent, outcome, error: reply.error, ...field })
  }

  const sender = createSender({
    destination,
    clock,
    signal,
    concurrency: options.concurrency,
    markSent: async (intents) => {
      journal.markSent(intents)
      await journal.flush()
    },
    onReply,
    onSpent: tally.spend,
  })

  const applyPage = async (page: PageToApply): Promise<void> => {
    const sorted = sortItems(page.items, options)
    const groups = groupsOf(sorted.intents, Math.max(smallGroup, largestBatch(destination)))
    for (const [index, intents] of groups.entries()) {
      // The page counts as read with its last group, and not a moment before: whatever is booked in between saves the
      // position too. A kill in between reads the page again and meets the first groups as known.
      const isLast = index === groups.length - 1
      if (isLast) countPage(page, sorted)
      await recordGroup({ intents, progress: tally.progress(), ...(isLast ? restOf(page, sorted) : nothingElse) })
    }
    options.onProgress()
  }

  const countPage = (page: PageToApply, sorted: SortedItems): void => {
    const agreedCount = page.settled.length + (page.agreements?.length ?? 0)
    tally.add('unchanged', page.unchangedCount + agreedCount + sorted.linkCount)
    tally.add('skipped', page.filteredCount + page.skipped.length + (page.unlinks?.length ?? 0))
    for (const record of sorted.records) tally.add(record.outcome)
    const { position } = page
    tally.advance({ ...page, position: position.kind === 'as-it-was' ? tally.progress().position : position })
  }

  /** One short transaction, its way to the disk, and only then the requests. */
  const recordGroup = async (batch: PageBatch): Promise<void> => {
    const intents = tally.timed('storingMs', () => journal.recordPage(route, runId, batch))
    if (intents.length === 0) return
    await tally.timed('storingMs', () => journal.flush())
    await sender.push(intents)
  }

  const settle = async (): Promise<readonly Intent[]> => {
    for (let round = 0; round < settleRounds; round++) {
      await sender.drain()
      flush()
      if (uncertain.length === 0 || sender.failure() || signal.aborted) break
      if (round > 0) await tally.timed('waitingMs', () => clock.sleep(round * roundPauseMs, signal))
      await settleOnce()
    }
    await sender.drain()
    flush()
    if (sender.unsent().length > 0) journal.markReady(sender.unsent())
    if (uncertain.length > 0 && !sender.failure() && !signal.aborted) throw stillUncertain(uncertain.length)
    const again = planAgain
    planAgain = []
    return again
  }

  const settleOnce = async (): Promise<void> => {
    const open = uncertain
    uncertain = []
    const verdicts = await resolveUncertain(open, { destination, clock, signal, sinceMs: uncertainSinceMs })
    const again: Intent[] = []
    for (const [index, intent] of open.entries()) {
      const verdict = verdicts[index]
      if (verdict?.kind === 'send-again') again.push(intent)
      else if (verdict) closeBy(intent, verdict)
    }
    flush()
    if (again.length > 0) await resend(again)
  }

  const closeBy = (intent: Intent, verdict: Exclude<Verdict, { kind: 'send-again' }>): void => {
    if (verdict.kind === 'happened')
      close({ kind: 'written', intent, externalId: verdict.externalId, version: verdict.version })
    else if (verdict.kind === 'hold') close({ kind: 'held', intent, error: verdict.error })
    else withdraw(intent, changedUnseen)
  }

  const resend = async (intents: readonly Intent[]): Promise<void> => {
    journal.markSent(intents)
    await journal.flush()
    await sender.push(intents)
  }

  const recover = async (): Promise<void> => {
    for (;;) {
      const open = journal.openIntents(
        route.integrationId,
        ['ready', 'sent', 'uncertain'],
        recoverySize,
        route.destinationStream,
      )
      if (open.length === 0) return
      doubt(open.filter((intent) => intent.state !== 'ready').map((intent) => ({ ...intent, state: 'sent' })))
      // Marked as sent one by one, as they leave: a kill in between must not make all of them uncertain.
      await sender.push(open.filter(isReady))
      const again = await settle()
      planAgain.push(...again)
      if (sender.failure() || signal.aborted) return
    }
  }

  return { applyPage, recover, settle, failure: () => sender.failure() }
}

const changedMeanwhile: ErrorInfo = {
  kind: 'conflict',
  code: 'changed-meanwhile',
  message: 'The record was changed while it was to be written, so nothing was written.',
  next: 'Run again: it is then merged with what stands there.',
}
const changedUnseen: ErrorInfo = {
  ...changedMeanwhile,
  message: 'The record was changed by somebody else; whether this write arrived before that is not known.',
}

function undoAgain(error: ErrorInfo): ErrorInfo {
  return { ...error, next: 'Look at what stands there now, then undo the run again.' }
}

/** A group is at least what one request can carry. */
function largestBatch({ description }: ConnectedObject): number {
  return Math.max(...Object.values(description.writes).map((facility) => facility.batchSize ?? 1), 1)
}

function isReady(open: OpenIntent): open is OpenIntent & { readonly state: 'ready' } {
  return open.state === 'ready'
}

function outcomeOf(intent: Intent): 'created' | 'updated' | 'deleted' {
  if (intent.operation === 'delete') return 'deleted'
  return intent.operation === 'update' ? 'updated' : 'created'
}

function stillUncertain(count: number): AppError {
  return new AppError({
    kind: 'transient',
    code: 'writes-uncertain',
    message: `${count} writes got no clear answer, also when they were repeated.`,
    kept: 'They are in the journal; none is written twice.',
    next: 'Run the integration again when the service answers; these writes come first.',
    details: { count },
  })
}
