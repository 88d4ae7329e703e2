/** One class's world: its service in a process of its own, a data folder, and the definitions that join them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WriteClass } from '#shared/model/object.ts'
import { startService } from '../support/services/start-service.ts'
import { startChild } from './child.ts'
import { lagMs, tortureDefinitions } from './definitions.ts'
import type { Temper } from './service/fate.ts'
import type { Change } from './service/records.ts'
import type { TortureSettings } from './service/serve-torture.ts'
import type { EndReport, Task } from './task.ts'
import type { Twin } from './twins.ts'

export interface ServiceStats {
  readonly commits: number
  /** Writes that came so late that the service gave them up. */
  readonly givenUp: number
  readonly longestStallMs: number
}

export interface World {
  readonly writeClass: WriteClass
  readonly dataFolder: string
  /** The file of the service. */
  readonly servicePath: string
  readonly start: (task: Task) => ReturnType<typeof startChild>
  /** New records, and changed ones. */
  readonly mutate: (add: number, change: number) => Promise<void>
  readonly touch: () => Promise<void>
  readonly temper: (temper: Partial<Temper>) => Promise<void>
  /** After so many writes more the key is not accepted any more; absent: it is again. */
  readonly refuse: (after?: number) => Promise<void>
  readonly stats: () => Promise<ServiceStats>
  readonly stop: () => Promise<void>
}

export interface WorldOptions {
  readonly writeClass: WriteClass
  readonly seed: number
  readonly twin?: Twin
}

/** With an approved integration and nothing in it yet. */
export async function openWorld({ writeClass, seed, twin }: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-torture-'))
  const servicePath = join(folder, 'service.db')
  const dataFolder = join(folder, 'data')
  const settings: TortureSettings = {
    class: writeClass,
    path: servicePath,
    seed,
    lagMs: writeClass === 'S' ? lagMs : 0,
  }
  const service = await startService('torture', settings)
  const post = async (name: string, body: object): Promise<ServiceStats> => {
    const answer = await fetch(`${service.url}/control/${name}`, { method: 'POST', body: JSON.stringify(body) })
    return (await answer.json()) as ServiceStats
  }
  const start = (task: Task) => startChild(dataFolder, { ...(twin && { twin }), ...task })
  const definitions = tortureDefinitions(service.url, writeClass)
  await endOf(startChild(dataFolder, { definitions, isPlanned: true }))
  return {
    writeClass,
    dataFolder,
    servicePath,
    start,
    mutate: async (add, change) => {
      // Class C is about records that exist beforehand.
      const wanted: Change = writeClass === 'C' ? { add, change: change + add, isKnown: true } : { add, change }
      await post('mutate', wanted)
    },
    touch: async () => void (await post('touch', {})),
    temper: async (temper) => void (await post('temper', temper)),
    refuse: async (after) => void (await post('refuse', after === undefined ? {} : { after })),
    stats: () => post('stats', {}),
    stop: async () => {
      await service.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The report of a process that nobody kills. */
export async function endOf(child: ReturnType<typeof startChild>): Promise<EndReport> {
  const report = await child.ended
  if (!report) throw new Error('the process was killed by somebody else')
  return report
}
