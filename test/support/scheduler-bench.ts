/** A scheduler on a real store in memory and a virtual clock, with runs that only take time. */
import Database from 'better-sqlite3'
import type { ScheduleStore } from '#main/engine/ports/schedule-store.ts'
import { createScheduler, type Scheduler } from '#main/scheduler/scheduler.ts'
import type { SchedulerParts, SchedulerTimes } from '#main/scheduler/scheduler-parts.ts'
import { migrate } from '#main/store/migrate.ts'
import { migrations } from '#main/store/migrations/index.ts'
import { createScheduleStore } from '#main/store/schedule-store.ts'
import { AppError, type ErrorKind } from '#shared/errors.ts'
import type { Slot, SlotTrigger } from '#shared/model/slot.ts'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'
import { type VirtualClock, virtualClock } from './virtual-clock.ts'

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour
export const at18: Schedule = { every: 'day', at: '18:00', zone: 'UTC' }
export const quarter: Schedule = { everyMinutes: 15 }

export interface Started {
  readonly integrationId: string
  readonly runId: string
  readonly trigger: SlotTrigger
  readonly at: string
}

export interface SchedulerBenchOptions {
  readonly start: string
  readonly schedules: Readonly<Record<string, Schedule>>
  readonly zone?: string
  readonly times?: Partial<SchedulerTimes>
  /** SQL that changes the store before it is used: twins take a defence away. */
  readonly change?: string
  /** Looks at, or breaks, what the scheduler asks of the store. */
  readonly store?: (store: ScheduleStore) => ScheduleStore
  readonly random?: () => number
  /** A twin: nothing ever counts as still going. */
  readonly isNeverBusy?: boolean
  /** false: as in a single command, nothing is started. */
  readonly isStarted?: boolean
}

export interface SchedulerBench {
  readonly clock: VirtualClock
  readonly store: ScheduleStore
  readonly db: Database.Database
  readonly scheduler: () => Scheduler
  readonly started: readonly Started[]
  readonly schedules: Record<string, Schedule>
  /** How long runs take, and how a start ends: undefined lets it succeed. */
  readonly behaviour: { runMs: number; startError?: (started: Started) => Error | undefined; neverStarts: boolean }
  readonly setZone: (zone: string) => void
  /** A second scheduler on the same store, started. */
  readonly another: (store?: (store: ScheduleStore) => ScheduleStore) => Scheduler
  readonly restart: (downMs?: number) => Promise<void>
  /** As a power cut: nothing is stopped, nothing is saved. */
  readonly kill: (downMs?: number) => Promise<void>
  readonly slots: (integrationId?: string) => readonly Slot[]
  /** 'HH:mm outcome trigger', oldest first; with the date where asked for. */
  readonly history: (integrationId?: string, fromCharacter?: number) => readonly string[]
}

export function schedulerBench(options: SchedulerBenchOptions): SchedulerBench {
  const clock = virtualClock(Date.parse(options.start))
  const db = new Database(':memory:')
  migrate(db, migrations)
  if (options.change) db.exec(options.change)
  const store = options.store?.(createScheduleStore(db)) ?? createScheduleStore(db)
  const started: Started[] = []
  const schedules: Record<string, Schedule> = { ...options.schedules }
  const behaviour: SchedulerBench['behaviour'] = { runMs: 0, neverStarts: false }
  const busy = new Set<string>()
  let zone = options.zone ?? 'UTC'
  let nextId = 1
  let life = 0

  const insertRun = db.prepare(
    `insert into run(id, integration, integration_version, state, started_at) values (?, ?, 1, 'running', ?)`,
  )
  const finishRun = db.prepare(`update run set state = 'finished' where id = ?`)
  const cutOff = db.prepare<[string], string>(
    `select id from run where integration = ? and state = 'interrupted' order by number desc limit 1`,
  )
  const takeUp = db.prepare(`update run set state = 'running' where id = ?`)

  const work = async (integrationId: string, runId: string): Promise<void> => {
    if (behaviour.runMs > 0) {
      busy.add(integrationId)
      await clock.sleep(behaviour.runMs)
      busy.delete(integrationId)
    }
    finishRun.run(runId)
    scheduler.runEnded(integrationId)
  }

  const startRun: SchedulerParts['runs']['start'] = async (integrationId, { runId, trigger }) => {
    const begun = { integrationId, runId, trigger, at: new Date(clock.now()).toISOString() }
    const error = behaviour.startError?.(begun)
    if (behaviour.neverStarts) await new Promise(() => undefined)
    if (error) throw error
    const open = cutOff.pluck().get(integrationId)
    if (open === undefined) {
      insertRun.run(runId, integrationId, begun.at)
      started.push(begun)
    } else takeUp.run(open)
    void work(integrationId, open ?? runId)
    return open ?? runId
  }

  const make = (over?: (store: ScheduleStore) => ScheduleStore): Scheduler => {
    const own = life
    return createScheduler({
      store: over?.(store) ?? store,
      clock,
      ids: { next: () => `run-${nextId++}` },
      random: options.random ?? (() => 0.5),
      zone: () => zone,
      scheduled: () => Object.entries(schedules).map(([integrationId, schedule]) => ({ integrationId, schedule })),
      // What a killed process had under way never comes back.
      runs: {
        isBusy: (integrationId) => options.isNeverBusy !== true && busy.has(integrationId),
        start: (...args) => startRun(...args).then((id) => (own === life ? id : new Promise(() => undefined))),
      },
      changed: () => undefined,
      log: () => undefined,
      ...(options.times ? { times: options.times } : {}),
    })
  }

  let scheduler = make()
  if (options.isStarted === false) scheduler.refresh()
  else scheduler.start()

  const begin = (downMs: number): void => {
    clock.jump(downMs)
    // The work of the old process is gone with it.
    clock.dropTimers()
    busy.clear()
    db.exec(`update run set state = 'interrupted' where state = 'running'`)
    scheduler = make()
    scheduler.start()
  }

  const slots: SchedulerBench['slots'] = (integrationId = 'a') => store.slots({ integrationId, limit: 100_000 })

  return {
    clock,
    store,
    db,
    scheduler: () => scheduler,
    started,
    schedules,
    behaviour,
    setZone: (next) => {
      zone = next
    },
    another: (over) => {
      const second = make(over)
      second.start()
      return second
    },
    restart: async (downMs = 0) => {
      await scheduler.stop()
      begin(downMs)
    },
    kill: async (downMs = 0) => {
      life += 1
      clock.dropTimers()
      begin(downMs)
    },
    slots,
    history: (integrationId, fromCharacter = 11) =>
      [...slots(integrationId)]
        .reverse()
        .map((slot) => `${slot.dueAt.slice(fromCharacter, 16)} ${slot.outcome} ${slot.trigger}`),
  }
}

/** A bench with one integration, `a`. */
export function benchOf(schedule: Schedule, start: string, more: Partial<SchedulerBenchOptions> = {}): SchedulerBench {
  return schedulerBench({ start, schedules: { a: schedule }, ...more })
}

export function trouble(kind: ErrorKind, code = 'x'): AppError {
  return new AppError({ kind, code, message: `Something ${kind}.`, next: 'Do this.' })
}

/** 'DDTHH:mm trigger' of every run that was started. */
export function startsOf({ started }: SchedulerBench): readonly string[] {
  return started.map(({ at, trigger }) => `${at.slice(8, 16)} ${trigger}`)
}
