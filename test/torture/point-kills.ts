/** Kills a core at every named point, at several of the times it is passed, and checks both sides after each. */
import { comeToRest } from './come-to-rest.ts'
import { readCrashState } from './crash-state.ts'
import { type Phase, phaseOf, pointsOf } from './points.ts'
import { addKill, addRest, emptyResult, type Result } from './result.ts'
import type { Temper } from './service/fate.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

export interface PointTorture extends WorldOptions {
  /** The n-th times a point is passed at which the process ends. */
  readonly hits: readonly number[]
  /** Absent: all that the class can meet. */
  readonly points?: readonly string[]
  /** Points between two checks. */
  readonly pointsPerCheck: number
  /** Where it differs from that of this file. */
  readonly temper?: Partial<Temper>
  readonly onPoint?: (point: string, kills: number) => void
}

export interface PointResult {
  readonly result: Result
  /** Kills at each point that the class can meet. */
  readonly kills: ReadonlyMap<string, number>
}

const newRecords = 20
const changedRecords = 20
/** Processes that may pass by a point without being killed: what it needs happens by chance. */
const mostTries = 8

/** More trouble than usual: most points of the uncertain lie behind a lost answer. */
const temper = { lost: 0.06, failed: 0.06, early: 0.04, dropped: 0.08, slowCommits: 0.1 }

export async function tortureAtPoints(options: PointTorture): Promise<PointResult> {
  const startedAt = performance.now()
  const result = emptyResult(options.writeClass)
  const kills = new Map<string, number>()
  const world = await openWorld(options)
  try {
    await world.temper({ ...temper, ...options.temper })
    const points = options.points ?? pointsOf(options.writeClass)
    for (const [index, point] of points.entries()) {
      kills.set(point, await killAt(world, result, { point, hits: options.hits }))
      options.onPoint?.(point, kills.get(point) ?? 0)
      if ((index + 1) % options.pointsPerCheck === 0) addRest(result, world, await comeToRest(world))
    }
    addRest(result, world, await comeToRest(world))
    result.writes = (await world.stats()).commits
    result.seconds = (performance.now() - startedAt) / 1000
    return { result, kills }
  } finally {
    await world.stop()
  }
}

interface Target {
  readonly point: string
  readonly hits: readonly number[]
}

/** Answers how many of the hits were met. The first must be; a later one may be passed by, as it may not come. */
async function killAt(world: World, result: Result, { point, hits }: Target): Promise<number> {
  let killed = 0
  for (const hit of hits) {
    for (let tries = 0; tries < (hit === hits[0] ? mostTries : 1); tries++) {
      await prepare(world, result, phaseOf(point), point)
      const isKilled = (await world.start({ killAt: { point, hit } }).ended) === undefined
      await world.refuse()
      if (!isKilled) continue
      addKill(result, readCrashState(world.dataFolder))
      killed += 1
      break
    }
  }
  return killed
}

/** Gives the next process something to do, and for recovery something that was left open. */
async function prepare(world: World, result: Result, phase: Phase, point: string): Promise<void> {
  await world.mutate(newRecords, changedRecords)
  await world.touch()
  if (phase === 'recovery' && point.endsWith('markSent')) await leaveUnsent(world)
  else if (phase === 'recovery' && !hasOpen(world)) {
    const killAt = { point: 'run: before send', hit: 12 }
    if ((await world.start({ killAt }).ended) === undefined) addKill(result, readCrashState(world.dataFolder))
    await world.touch()
  }
  // Only a connection that is given up has writes to take back.
  if (point.endsWith('markReady')) await world.refuse(phase === 'run' ? 10 : 0)
}

/** A run whose key is refused half-way leaves writes that never left. */
async function leaveUnsent(world: World): Promise<void> {
  await world.refuse(10)
  await world.start({}).ended
  await world.refuse()
}

/** Whether the last kill left enough for a recovery. */
function hasOpen(world: World): boolean {
  const { open } = readCrashState(world.dataFolder)
  return (open.sent ?? 0) + (open.ready ?? 0) >= 12
}
