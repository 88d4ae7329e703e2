/**
 * Sends journalled intents: several at a time, in batches where the destination takes them. It never holds more
 * than a bounded number, waits when the destination asks for it, and gives up the connection, not the record,
 * when the trouble is the connection's.
 */
import { type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { ConnectedObject, PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import type { Clock } from '../ports/surroundings.ts'
import type { Intent } from '../ports/sync-store.ts'
import { createIntentQueue } from './intent-queue.ts'

export interface SenderOptions {
  readonly destination: ConnectedObject
  readonly clock: Clock
  /** Requests in flight at once. */
  readonly concurrency: number
  readonly signal: AbortSignal
  /** Awaited before the bytes of these intents leave, for intents that are still `ready`. */
  readonly markSent: (intents: readonly Intent[]) => Promise<void>
  readonly onReply: (intent: Intent, reply: WriteReply) => void
  /** Books time: writing is the time with at least one request under way, waiting the pauses the destination asked for. */
  readonly onSpent: (phase: 'writingMs' | 'waitingMs', durationMs: number) => void
}

export interface Sender {
  /** Takes intents; resolves as soon as there is room for more. */
  readonly push: (intents: readonly Intent[]) => Promise<void>
  /** Resolves when nothing is queued or in flight. */
  readonly drain: () => Promise<void>
  /** Why sending stopped; the intents that never left are in `unsent`. */
  readonly failure: () => ErrorInfo | undefined
  /** Stops sending for a reason outside: what is in flight comes back, nothing else leaves. */
  readonly giveUp: (error: ErrorInfo) => void
  readonly unsent: () => readonly Intent[]
}

const maximalQueue = 40
const triesBeforeGivingUp = 5
const firstBackoffMs = 500
const longestBackoffMs = 30_000

export function createSender(options: SenderOptions): Sender {
  const { destination, clock, signal } = options
  const queue = createIntentQueue()
  let lanes = 0
  let failure: ErrorInfo | undefined
  let underWay = 0
  let underWaySinceMs = 0
  const waiters: { readonly isMet: () => boolean; readonly resolve: () => void }[] = []

  const wake = (): void => {
    for (let index = waiters.length - 1; index >= 0; index--) {
      if (waiters[index]?.isMet()) waiters.splice(index, 1)[0]?.resolve()
    }
  }
  const until = (isMet: () => boolean): Promise<void> =>
    isMet() ? Promise.resolve() : new Promise((resolve) => waiters.push({ isMet, resolve }))

  const isStopped = (): boolean => failure !== undefined || signal.aborted

  const giveUp = (error: ErrorInfo): void => {
    failure ??= error
    wake()
  }

  /** Never rejects: a lane that breaks (the journal cannot be written) ends the sending. */
  const runLane = async (): Promise<void> => {
    try {
      await sendQueue()
    } catch (thrown) {
      giveUp(errorInfoOf(thrown))
    }
    lanes -= 1
    wake()
  }

  const sendQueue = async (): Promise<void> => {
    while (!isStopped() && queue.size() > 0) {
      const batch = queue.take((operation) => destination.description.writes[operation]?.batchSize ?? 1)
      await sendBatch(batch)
      wake()
    }
  }

  const sendBatch = async (batch: readonly Intent[]): Promise<void> => {
    let open = batch
    for (let attempt = 1; open.length > 0; attempt++) {
      const ready = open.filter((intent) => intent.state === 'ready')
      if (ready.length > 0) await options.markSent(ready)
      const replies = await timedSend(open)
      if (isRefusedWhole(replies, open)) return sendHalves(open)
      const again: Intent[] = []
      let retryAfterMs = 0
      for (const [index, intent] of open.entries()) {
        const reply = replies[index] ?? missingReply
        if (reply.status !== 'not-sent') options.onReply(intent, reply)
        else {
          again.push(intent)
          retryAfterMs = Math.max(retryAfterMs, reply.retryAfterMs ?? 0)
          if (isFinal(reply.error, attempt)) failure ??= reply.error
        }
      }
      open = again
      if (open.length > 0 && isStopped()) break
      if (open.length > 0) await pause(Math.max(retryAfterMs, backoffMs(attempt)))
    }
    queue.putBack(open)
  }

  /** One bad record must not take the others with it: the halves go by themselves, down to the record at fault. */
  const sendHalves = async (batch: readonly Intent[]): Promise<void> => {
    const middle = Math.ceil(batch.length / 2)
    await sendBatch(batch.slice(0, middle))
    if (isStopped()) queue.putBack(batch.slice(middle))
    else await sendBatch(batch.slice(middle))
  }

  const timedSend = async (intents: readonly Intent[]): Promise<readonly WriteReply[]> => {
    if (underWay++ === 0) underWaySinceMs = clock.now()
    try {
      return (await destination.send?.(intents.map(preparedWrite), signal)) ?? []
    } finally {
      if (--underWay === 0) options.onSpent('writingMs', clock.now() - underWaySinceMs)
    }
  }

  const pause = async (durationMs: number): Promise<void> => {
    options.onSpent('waitingMs', durationMs)
    await clock.sleep(durationMs, signal).catch(() => undefined)
  }

  const push = async (intents: readonly Intent[]): Promise<void> => {
    queue.add(intents)
    while (lanes < options.concurrency && lanes < queue.size() && !isStopped()) {
      lanes += 1
      void runLane()
    }
    await until(() => queue.size() < maximalQueue || isStopped())
  }

  return {
    push,
    drain: () => until(() => lanes === 0),
    failure: () => failure,
    giveUp,
    unsent: queue.all,
  }
}

const missingReply: WriteReply = {
  status: 'uncertain',
  error: {
    kind: 'transient',
    code: 'reply-missing',
    message: 'The service answered for fewer records than were sent.',
  },
}

function isRefusedWhole(replies: readonly WriteReply[], sent: readonly Intent[]): boolean {
  // A wrong address or a missing right refuses every half as well.
  const isAboutData = (reply: WriteReply): boolean =>
    reply.status === 'rejected' && reply.isWhole === true && reply.error.kind !== 'config'
  return sent.length > 1 && replies.every(isAboutData)
}

function preparedWrite(intent: Intent): PreparedWrite {
  return { operation: intent.operation, request: intent.request, idempotencyKey: intent.idempotencyKey }
}

function isFinal(error: ErrorInfo, attempt: number): boolean {
  return (error.kind !== 'transient' && error.kind !== 'rate-limited') || attempt >= triesBeforeGivingUp
}

function backoffMs(attempt: number): number {
  return Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1))
}
