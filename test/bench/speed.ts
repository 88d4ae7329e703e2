/** HTTP to HTTP against the floor. */
import { rmSync } from 'node:fs'
import { loopbackDefinitions } from '../support/loopback-definitions.ts'
import { startService } from '../support/services/start-service.ts'
import { median, runIntegration, runToEnd } from './measure.ts'
import { post, prepareFolder } from './prepare.ts'

interface Case {
  readonly name: string
  readonly records: number
  readonly delayMs: number
  readonly canBatch: boolean
  readonly goal: number
}

const cases: readonly Case[] = [
  { name: 'one a request, 5 ms a request', records: 5_000, delayMs: 5, canBatch: false, goal: 1.05 },
  { name: 'one a request, no service time', records: 50_000, delayMs: 0, canBatch: false, goal: 2 },
  { name: 'batches of 100, no service time', records: 50_000, delayMs: 0, canBatch: true, goal: 4 },
]

export async function measureSpeed(rounds: number, say: (line: string) => void): Promise<void> {
  for (const one of cases) {
    const pairs = []
    for (let round = 0; round < rounds; round++) pairs.push(await comparePair(one))
    const ratios = pairs.map(({ floorMs, oursMs }) => oursMs / floorMs)
    const ratio = median(ratios)
    const rate = median(pairs.map(({ oursMs }) => (one.records / oursMs) * 1000))
    const verdict = ratio <= one.goal ? 'met' : 'MISSED'
    say(
      `${one.name.padEnd(32)} ratio ${ratio.toFixed(2)} (goal ${one.goal}: ${verdict}; ${ratios.map((value) => value.toFixed(2)).join(' ')}), ${Math.round(rate)} records/s, floor ${Math.round(median(pairs.map(({ floorMs }) => floorMs)))} ms, peak ${Math.round(median(pairs.map(({ peakMb }) => peakMb)))} MB`,
    )
  }
}

async function comparePair(one: Case): Promise<{ floorMs: number; oursMs: number; peakMb: number }> {
  const service = await startService('loopback', { customers: 0, maxLifeMs: 900_000 })
  const dataFolder = await prepareFolder(
    loopbackDefinitions({ url: service.url, canBatch: one.canBatch }),
    'to-contacts',
  )
  const fresh = { customers: one.records, delayMs: one.delayMs }
  await post(`${service.url}/reset`, fresh)
  const floor = await runToEnd('test/bench/floor.ts', [service.url, one.canBatch ? 'batch' : 'single'])
  await post(`${service.url}/reset`, fresh)
  const ours = await runIntegration(dataFolder, 'to-contacts')
  if (ours.run.counts.created !== one.records)
    throw new Error(`not everything was created: ${JSON.stringify(ours.run.counts)}`)
  rmSync(dataFolder, { recursive: true, force: true })
  await service.stop()
  // Printed by floor.ts.
  const { durationMs } = floor.printed as { durationMs: number }
  return { floorMs: durationMs, oursMs: ours.durationMs, peakMb: ours.peakMb }
}
