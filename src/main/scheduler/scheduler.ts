/**
 * Starts integrations when their schedules say so. Nothing is trusted to a timer: every look compares the clock with what
 * is recorded, so a sleep, a kill, a restart or a clock that was set changes when it looks, never how often a due time runs.
 */
import { AppError, errorInfoOf } from '#shared/errors.ts'
import { createKnownSchedules } from './known-schedules.ts'
import { createPauses, type Pauses } from './pauses.ts'
import { type SchedulerParts, usualTimes } from './scheduler-parts.ts'
import { type Known, settleDue } from './settle-due.ts'
import { createStarter } from './start-waiting.ts'

export interface Scheduler extends Pauses {
  /** From now on due times start runs. */
  readonly start: () => void
  /** Starts nothing any more. What is under way is found out by the next start. */
  readonly stop: () => Promise<void>
  /** Definitions were changed. Works without `start`, too: schedules count from when they are saved. */
  readonly refresh: () => void
  /** A run or plan has ended: what waited for its end may start. */
  readonly runEnded: (integrationId: string) => void
  /** The computer is about to sleep: nothing is started any more. */
  readonly onSuspend: () => void
  /** It is awake again. */
  readonly onResume: () => void
}

const dayMs = 24 * 60 * 60_000

export function createScheduler(parts: SchedulerParts): Scheduler {
  const { store, clock } = parts
  const times = { ...usualTimes, ...parts.times }
  let nudge = new AbortController()
  let running = Promise.resolve()
  let isStarted = false
  let isStopped = false
  /** What the next look does first. */
  let first: 'recover' | 'put-off' | null = null
  let suspendedMs: number | null = null
  let zone = ''
  let prunedMs = Number.NEGATIVE_INFINITY

  const settle = (known: Known, mayStart: boolean): void => {
    if (settleDue(known, parts, { times, mayStart, startingDueAt: starter.startingDueAt }))
      parts.changed(known.integrationId)
  }
  const known = createKnownSchedules(parts, (old) => settle(old, false))
  const starter = createStarter(parts, { known, times, onEnd: () => nudge.abort() })

  const refresh = (): void => {
    zone = parts.zone()
    try {
      known.refresh(isStarted)
    } catch (thrown) {
      // Whoever saved the definitions has done so; the next look tries again.
      parts.log('the schedules could not be read', errorInfoOf(thrown))
      zone = ''
    }
    nudge.abort()
  }

  const settleAll = (mayStart: boolean): void => {
    for (const one of known.all()) settle(one, mayStart)
  }

  /** Does what is to be done now. Answers how long nothing is to do. */
  const look = (): number => {
    const nowMs = clock.now()
    if (suspendedMs !== null && Math.abs(nowMs - suspendedMs) > times.suspendMs) wakeUp()
    if (suspendedMs !== null) return times.watchEveryMs
    if (parts.zone() !== zone) refresh()
    if (first === 'recover') starter.recover()
    if (first === 'put-off') starter.putOff()
    first = null
    settleAll(true)
    starter.startDue()
    pruneDaily(nowMs)
    return untilNext(nowMs)
  }

  const untilNext = (nowMs: number): number => {
    const dueMs = store.states().map((state) => (state.nextDueAt === null ? null : Date.parse(state.nextDueAt)))
    const later = [...dueMs, starter.nextStartMs()].filter((ms) => ms !== null).filter((ms) => ms > nowMs)
    return Math.min(times.watchEveryMs, ...later.map((ms) => ms - nowMs))
  }

  const lookSafely = (): number => {
    try {
      return look()
    } catch (thrown) {
      // A full disk, a locked database: nothing is lost by looking again.
      parts.log('the due times could not be looked at', errorInfoOf(thrown))
      return times.watchEveryMs
    }
  }

  const wakeUp = (): void => {
    suspendedMs = null
    first ??= 'put-off'
  }

  const watch = async (): Promise<void> => {
    while (!isStopped) {
      nudge = new AbortController()
      const sleptMs = lookSafely()
      const beforeMs = clock.now()
      await clock.sleep(sleptMs, nudge.signal).catch(() => undefined)
      // Timers stand still while a computer sleeps, the clock does not.
      if (!isStopped && clock.now() - beforeMs > sleptMs + times.jumpMs) wakeUp()
    }
  }

  function pruneDaily(nowMs: number): void {
    if (Math.abs(nowMs - prunedMs) < dayMs) return
    prunedMs = nowMs
    for (const { integrationId } of store.states()) store.prune(integrationId, times.keptSlots)
  }

  return {
    start: () => {
      if (isStarted)
        throw new AppError({ kind: 'bug', code: 'scheduler-started', message: 'The scheduler was started twice.' })
      isStarted = true
      first = 'recover'
      refresh()
      running = watch()
    },
    stop: async () => {
      isStopped = true
      starter.stop()
      nudge.abort()
      await running
    },
    refresh,
    runEnded: (integrationId) => {
      if (isStarted && known.get(integrationId)?.schedule.overlap === 'run-after') nudge.abort()
    },
    onSuspend: () => {
      suspendedMs = clock.now()
    },
    onResume: () => {
      wakeUp()
      nudge.abort()
    },
    ...createPauses(parts, {
      settleAll: () => settleAll(isStarted),
      settleWithoutStart: (integrationId) => {
        for (const one of known.all())
          if (integrationId === null || one.integrationId === integrationId) settle(one, false)
      },
      isStarting: (integrationId) => starter.startingDueAt(integrationId) !== null,
      onChange: () => nudge.abort(),
    }),
  }
}
