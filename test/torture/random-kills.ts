/** Kills a core at random moments, again and again, and checks both sides after every few kills. */
import { setTimeout as sleep } from 'node:timers/promises'
import { comeToRest } from './come-to-rest.ts'
import { readCrashState } from './crash-state.ts'
import { createRandom, type Random } from './random.ts'
import { addKill, addRest, emptyResult, isClean, type Result } from './result.ts'
import type { Temper } from './service/fate.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

export interface Torture extends WorldOptions {
  readonly kills: number
  /** Kills between two checks. */
  readonly killsPerCheck: number
  /** Where it differs from the usual one. */
  readonly temper?: Partial<Temper>
  readonly onCheck?: (result: Result) => void
}

const newRecords = 60
const changedRecords = 60
/** Longest wait between the begin of a run and its kill; most runs take longer. */
const longestRunMs = 2_000
/** Of a process that is killed before its run has begun. */
const longestStartMs = 900

/** Ends at the first check that finds something: what comes later would only repeat it. */
export async function torture(options: Torture): Promise<Result> {
  const { kills, killsPerCheck, onCheck, writeClass, seed } = options
  const startedAt = performance.now()
  const result = emptyResult(writeClass)
  const random = createRandom(seed)
  const world = await openWorld(options)
  try {
    await world.temper(options.temper ?? {})
    while (result.kills < kills && isClean(result)) {
      await world.mutate(newRecords, changedRecords)
      await killSome(world, result, random, Math.min(killsPerCheck, kills - result.kills))
      addRest(result, world, await comeToRest(world))
      result.writes = (await world.stats()).commits
      result.seconds = (performance.now() - startedAt) / 1000
      onCheck?.(result)
    }
    await noteStalls(world, result)
    return result
  } finally {
    await world.stop()
  }
}

async function killSome(world: World, result: Result, random: Random, kills: number): Promise<void> {
  const last = result.kills + kills
  while (result.kills < last) {
    if (await killOnce(world, random)) addKill(result, readCrashState(world.dataFolder))
    // The run came to its end before: there must be something to do again.
    else await world.mutate(newRecords, changedRecords)
    // Somebody works at the source, or at the destination, while Patchbay is down.
    if (random.isChosen(0.5)) await world.mutate(5, 20)
    if (random.isChosen(0.2)) await world.touch()
  }
}

/** Whether the process was killed before its run ended. */
async function killOnce(world: World, random: Random): Promise<boolean> {
  const child = world.start({ isPlanned: random.isChosen(0.25) })
  const isAtStart = random.isChosen(0.1)
  const delayMs = random.between(0, isAtStart ? longestStartMs : longestRunMs)
  if (!isAtStart) await child.started
  await Promise.race([sleep(delayMs), child.ended])
  child.kill()
  return (await child.ended) === undefined
}

/** A service that stood still may have committed later than it declares: then a finding is no verdict. */
async function noteStalls(world: World, result: Result): Promise<void> {
  const { longestStallMs, givenUp } = await world.stats()
  if (longestStallMs > 400) result.notes.push(`the service itself stood still for ${longestStallMs} ms`)
  if (givenUp > 0) result.notes.push(`the service gave up ${givenUp} writes that came too late`)
}
