/**
 * Keeps a core running: starts it again after a crash with growing pauses, not endlessly; ends one that gives no sign
 * of life; answers callers meanwhile. Callers keep their subscriptions over a restart and are told to ask anew.
 */
import type { EventMessage } from '#shared/contract/events.ts'
import { type EventPosition, positionAfter, type Subscribe } from '#shared/contract/transport.ts'
import { AppError, type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { JsonObject } from '#shared/json.ts'
import type { RpcClock } from './clock.ts'
import { coreFailed, coreRestarting, coreStopped, hostStopping } from './failures.ts'
import { dispatchOver } from './in-process.ts'
import type { RunningCore } from './running-core.ts'
import type { CoreDoor } from './serve-link.ts'

export interface SupervisionTimes {
  readonly pausesMs: readonly number[]
  /** More crashes than pauses within this time: the core stays down. */
  readonly windowMs: number
  readonly pingEveryMs: number
  /** So many pings in a row without an answer: it hangs. Counted, not timed: a sleeping computer must not look like a hanging core. */
  readonly missedPings: number
}

export interface SupervisionOptions {
  readonly start: () => Promise<RunningCore>
  readonly clock: RpcClock
  readonly log: (message: string, details?: JsonObject) => void
  readonly times?: Partial<SupervisionTimes>
  /** Told when the core ends (with what callers are answered), and when it runs again (null). */
  readonly onTrouble?: (trouble: ErrorInfo | null) => void
}

export interface SupervisedCore extends CoreDoor {
  /** null: it runs; otherwise what every call is answered with. */
  readonly trouble: () => ErrorInfo | null
  readonly tellPower: RunningCore['tellPower']
  readonly stop: (patienceMs: number) => Promise<void>
}

/** Restart after 1, 5 and 30 s, at most three times in ten minutes; a minute of silence is a hang. */
const usualTimes: SupervisionTimes = {
  pausesMs: [1_000, 5_000, 30_000],
  windowMs: 600_000,
  pingEveryMs: 5_000,
  missedPings: 12,
}

interface Subscription {
  readonly listener: (message: EventMessage) => void
  last: EventPosition | undefined
  stop: () => void
}

/** Starts the core for the first time; throws AppError when it does not start. */
export async function superviseCore(options: SupervisionOptions): Promise<SupervisedCore> {
  const { clock, log } = options
  const times = { ...usualTimes, ...options.times }
  const subscriptions = new Set<Subscription>()
  const stopping = new AbortController()
  const crashes: number[] = []
  let core: RunningCore | null = await options.start()
  let trouble: ErrorInfo | null = null

  function setTrouble(now: ErrorInfo | null): void {
    trouble = now
    options.onTrouble?.(now)
    for (const subscription of subscriptions) tellTrouble(subscription)
  }

  function tellTrouble({ listener }: Subscription): void {
    try {
      listener({ kind: 'trouble', error: trouble })
    } catch (thrown) {
      log('a listener failed', { technical: String(thrown) })
    }
  }

  function attach(subscription: Subscription): void {
    if (!core) return
    subscription.stop = core.subscribe((message) => {
      subscription.last = positionAfter(message) ?? subscription.last
      subscription.listener(message)
    }, subscription.last)
  }

  const subscribe: Subscribe = (listener, after) => {
    const subscription: Subscription = { listener, last: after, stop: () => undefined }
    subscriptions.add(subscription)
    if (trouble) tellTrouble(subscription)
    attach(subscription)
    return () => {
      subscriptions.delete(subscription)
      subscription.stop()
    }
  }

  /** How long to wait before the next start, or null: enough. */
  function nextPause(): number | null {
    const now = clock.now()
    while (crashes[0] !== undefined && now - crashes[0] > times.windowMs) crashes.shift()
    crashes.push(now)
    return times.pausesMs[crashes.length - 1] ?? null
  }

  async function startAgain(): Promise<RunningCore | null> {
    for (;;) {
      const pauseMs = nextPause()
      if (pauseMs === null) {
        setTrouble(coreFailed)
        log('the core stopped too often and stays down')
        return null
      }
      setTrouble(coreRestarting)
      await clock.sleep(pauseMs, stopping.signal).catch(() => undefined)
      if (stopping.signal.aborted) return null
      try {
        return await options.start()
      } catch (thrown) {
        const error = errorInfoOf(thrown)
        log('the core did not start again', { code: error.code, message: error.message })
        // The core knows what is wrong and a person must act: trying again would hide its words.
        if (thrown instanceof AppError && error.kind === 'config') {
          setTrouble(error)
          return null
        }
      }
    }
  }

  async function keepRunning(): Promise<void> {
    while (core && !stopping.signal.aborted) {
      const error = await untilEnded(core, times, clock, log)
      core = null
      if (stopping.signal.aborted) return
      log('the core stopped', { code: error.code, ...error.details })
      const started = await startAgain()
      if (started && stopping.signal.aborted) await started.kill()
      if (!started || stopping.signal.aborted) return
      core = started
      setTrouble(null)
      log('the core runs again')
      for (const subscription of subscriptions) attach(subscription)
    }
  }

  const running = keepRunning()
  const dispatch: CoreDoor['dispatch'] = async (name, input, context) => {
    if (!core || trouble) return { ok: false, error: trouble ?? coreRestarting }
    const envelope = await dispatchOver(core)(name, input, context)
    // Nothing is started again while the host stops, so the core's end must not promise it.
    const isOurEnd = !envelope.ok && envelope.error.code === coreStopped.code && stopping.signal.aborted
    return isOurEnd ? { ok: false, error: hostStopping } : envelope
  }
  const stop = async (patienceMs: number): Promise<void> => {
    trouble = hostStopping
    const last = core
    stopping.abort()
    await last?.stop(patienceMs)
    await running
    subscriptions.clear()
  }
  const tellPower: RunningCore['tellPower'] = (state) => core?.tellPower(state)
  return { dispatch, subscribe, trouble: () => trouble, tellPower, stop }
}

/** Ends when the core has ended; ends it when it hangs. */
async function untilEnded(
  core: RunningCore,
  times: SupervisionTimes,
  clock: RpcClock,
  log: SupervisionOptions['log'],
): Promise<ErrorInfo> {
  const done = new AbortController()
  void core.ended.then(() => done.abort())
  let missed = 0
  while (!done.signal.aborted) {
    const pongs = core.pongCount()
    core.ping()
    await clock.sleep(times.pingEveryMs, done.signal).catch(() => undefined)
    if (done.signal.aborted) break
    missed = core.pongCount() > pongs ? 0 : missed + 1
    if (missed < times.missedPings) continue
    log('the core gives no sign of life and is ended', { missedPings: missed })
    await core.kill()
  }
  return core.ended
}
