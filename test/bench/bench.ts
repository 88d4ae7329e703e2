/**
 * The bench: ratios to a bare loop, rates and peak memory. Absolute times are noisy; ratios come from pairs in turn.
 *   npm run bench [-- --rounds 5] [--only single]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createCore } from '#main/app/core.ts'
import { loopbackDefinitions } from '../support/loopback-definitions.ts'
import { memoryKeychain } from '../support/memory-keychain.ts'
import { startService } from '../support/services/start-service.ts'
import { measure, median } from './measure.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, only: { type: 'string', default: '' } },
})
const rounds = Number(values.rounds)
const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

interface Case {
  readonly name: string
  readonly records: number
  readonly delayMs: number
  readonly canBatch: boolean
  readonly atMost: number
}

const cases: readonly Case[] = [
  { name: 'one a request, 5 ms', records: 5_000, delayMs: 5, canBatch: false, atMost: 1.05 },
  { name: 'one a request, 0 ms', records: 50_000, delayMs: 0, canBatch: false, atMost: 2 },
  { name: 'batches of 100, 0 ms', records: 50_000, delayMs: 0, canBatch: true, atMost: 4 },
]

const lines: string[] = []
const say = (line: string): void => {
  lines.push(line)
  process.stdout.write(`${line}\n`)
}

async function post(url: string, body: object): Promise<void> {
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

/** A data folder with the definitions and an approved integration, made while the source was empty. */
async function prepareFolder(definitions: string, integrationId: string): Promise<string> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'patchbay-bench-'))
  const signal = new AbortController().signal
  const core = await createCore({
    dataFolder,
    clock: { now: Date.now, sleep },
    publish: () => undefined,
    log: () => undefined,
    env: {},
    keychain: memoryKeychain(),
  })
  await core.handlers['definitions.import']({ text: definitions, fileName: 'bench' }, { signal })
  const { planId } = await core.handlers['plans.make']({ integrationId }, { signal })
  while ((await core.handlers['plans.get']({ planId }, { signal })).state === 'making') await sleep(10)
  const { runId } = await core.handlers['plans.approve']({ planId }, { signal })
  while ((await core.handlers['runs.get']({ runId }, { signal })).state === 'running') await sleep(10)
  await core.stop()
  return dataFolder
}

async function compare(one: Case): Promise<void> {
  const ratios: number[] = []
  const rates: number[] = []
  const peaks: number[] = []
  for (let round = 0; round < rounds; round++) {
    const service = await startService('loopback', { customers: 0, maxLifeMs: 600_000 })
    const dataFolder = await prepareFolder(
      loopbackDefinitions({ url: service.url, canBatch: one.canBatch }),
      'to-contacts',
    )
    const fresh = { customers: one.records, delayMs: one.delayMs }
    await post(`${service.url}/reset`, fresh)
    const floor = await measure('floor.ts', service.url, one.canBatch ? 'batch' : 'single')
    await post(`${service.url}/reset`, fresh)
    const ours = await measure('core-run.ts', dataFolder, 'to-contacts')
    if (ours.state !== 'finished' || ours.counts?.created !== one.records)
      throw new Error(`the run did not do its work: ${JSON.stringify(ours)}`)
    ratios.push(ours.durationMs / floor.durationMs)
    rates.push((one.records / ours.durationMs) * 1000)
    peaks.push(ours.peakMb)
    rmSync(dataFolder, { recursive: true, force: true })
    await service.stop()
  }
  const ratio = median(ratios)
  say(
    `${one.name.padEnd(24)} ratio ${ratio.toFixed(2)} (goal ${one.atMost}, ${ratio <= one.atMost ? 'met' : 'MISSED'}; ${ratios.map((value) => value.toFixed(2)).join(' ')})  ${Math.round(median(rates))} records/s  peak ${Math.round(median(peaks))} MB`,
  )
}

async function unchangedAndMemory(): Promise<void> {
  for (const records of [20_000, 100_000]) {
    const service = await startService('loopback', { customers: 0, maxLifeMs: 600_000 })
    const databasePath = join(mkdtempSync(join(tmpdir(), 'patchbay-bench-db-')), 'destination.db')
    const dataFolder = await prepareFolder(loopbackDefinitions({ url: service.url, databasePath }), 'to-database')
    await post(`${service.url}/reset`, { customers: records })
    const first = await measure('core-run.ts', dataFolder, 'to-database')
    const again = await measure('core-run.ts', dataFolder, 'to-database')
    say(
      `HTTP -> SQLite ${records}: ${rate(records, first.durationMs)} records/s, peak ${Math.round(first.peakMb)} MB; unchanged run: ${rate(records, again.durationMs)} records/s, ${again.counts?.unchanged} unchanged, peak ${Math.round(again.peakMb)} MB`,
    )
    await service.stop()
  }
}

function rate(records: number, durationMs: number): number {
  return Math.round((records / durationMs) * 1000)
}

say(
  `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}, ${process.platform}; medians of ${rounds}`,
)
for (const one of cases) if (one.name.includes(values.only)) await compare(one)
if ('memory'.includes(values.only)) await unchangedAndMemory()
