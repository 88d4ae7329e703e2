/** Lets a world come to rest: runs follow each other until one has nothing to write, then both sides are compared. */
import { checkService, type Findings } from './check.ts'
import { readCrashState } from './crash-state.ts'
import type { EndReport } from './task.ts'
import { endOf, type World } from './world.ts'

/** A service that fails a tenth of the writes needs some runs. */
const mostRuns = 12

export interface Rest {
  readonly findings: Findings
  /** Why no run came to an end without a write; empty: one did. */
  readonly stuck: string
}

export async function comeToRest(world: World): Promise<Rest> {
  let last: EndReport | undefined
  for (let runs = 0; runs < mostRuns; runs++) {
    last = await endOf(world.start({}))
    if (isAtRest(last)) return { findings: findingsOf(world, last), stuck: '' }
  }
  const stuck = `after ${mostRuns} runs: ${JSON.stringify(last?.run)}`
  return { findings: findingsOf(world, last), stuck }
}

function isAtRest({ run }: EndReport): boolean {
  return run.state === 'finished' && run.resumeCount === 0 && run.counts.created + run.counts.updated === 0
}

function findingsOf(world: World, last: EndReport | undefined): Findings {
  const kept = readCrashState(world.dataFolder).held
  return checkService(world.servicePath, { kept, shown: last?.held ?? [], excuses: world.writeClass === 'N' })
}
