/** What a person should know before saving a schedule: times that some day do not exist or come twice, and rare ones. */
import { type DueRule, wallTimesOf } from './due-rule.ts'
import { localTimeOf, wallParts } from './local-time.ts'
import type { Schedule } from './schedule-schema.ts'
import { dayMs, minuteMs, type WallClock, wallClockOf } from './wall-time.ts'

export interface ScheduleWarning {
  readonly code: 'time-does-not-exist' | 'time-comes-twice' | 'rare' | 'never-again'
  readonly message: string
}

/** Every zone that changes its clocks does so within this. */
const lookAheadMs = 370 * dayMs

/** `zone` counts where the schedule names none. */
export function scheduleWarnings(
  schedule: Schedule,
  rule: DueRule,
  { zone, nowMs }: { readonly zone: string; readonly nowMs: number },
): readonly ScheduleWarning[] {
  const place = schedule.zone ?? zone
  const first = rule.next(nowMs)
  if (first === null) return [{ code: 'never-again', message: 'This time does not come any more.' }]
  const rare: readonly ScheduleWarning[] =
    first - nowMs > lookAheadMs
      ? [{ code: 'rare', message: `It runs for the first time on ${localTimeOf(first, place).date}.` }]
      : []
  return [...rare, ...clockWarnings(schedule, wallClockOf(place), nowMs)]
}

function clockWarnings(schedule: Schedule, clock: WallClock, nowMs: number): readonly ScheduleWarning[] {
  const nextWall = wallTimesOf(schedule)
  if (!nextWall) return []
  return changesOf(clock, nowMs, nowMs + lookAheadMs).flatMap((change) => {
    const walls: number[] = []
    for (let at = nextWall(change.fromMs - 1); at !== null && at < change.untilMs; at = nextWall(at)) walls.push(at)
    return walls.length === 0 ? [] : [warningOf(walls, change)]
  })
}

function warningOf(walls: readonly number[], { isGap, untilMs }: ClockChange): ScheduleWarning {
  const { date } = wallParts(walls[0] ?? untilMs)
  const times = walls.map((wallMs) => wallParts(wallMs).time).join(', ')
  const isOne = walls.length === 1
  if (!isGap) {
    const message = `${times} ${isOne ? 'comes' : 'come'} twice on ${date}, because the clocks go back: on that day it runs at the first of them only.`
    return { code: 'time-comes-twice', message }
  }
  const message = `${times} ${isOne ? 'does' : 'do'} not exist on ${date}, because the clocks go forward: on that day it runs once, at ${wallParts(untilMs).time}.`
  return { code: 'time-does-not-exist', message }
}

interface ClockChange {
  readonly isGap: boolean
  /** The wall times that do not exist, or come twice: from this one ... */
  readonly fromMs: number
  /** ... up to, without, this one. */
  readonly untilMs: number
}

function changesOf(clock: WallClock, fromMs: number, untilMs: number): readonly ClockChange[] {
  const changes: ClockChange[] = []
  for (let at = fromMs; at < untilMs; at += dayMs) {
    if (clock.wallOf(at) - at !== clock.wallOf(at + dayMs) - (at + dayMs)) changes.push(changeWithin(clock, at))
  }
  return changes
}

/** The change within a day from `startMs` on, to the minute. */
function changeWithin(clock: WallClock, startMs: number): ClockChange {
  const offsetMs = (instantMs: number): number => clock.wallOf(instantMs) - instantMs
  const before = offsetMs(startMs)
  let low = Math.floor(startMs / minuteMs)
  let high = Math.ceil((startMs + dayMs) / minuteMs)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetMs(middle * minuteMs) === before) low = middle
    else high = middle
  }
  const walls = [high * minuteMs + before, clock.wallOf(high * minuteMs)]
  return {
    isGap: walls[0] !== undefined && walls[0] < (walls[1] ?? 0),
    fromMs: Math.min(...walls),
    untilMs: Math.max(...walls),
  }
}
