/** Due times and real kills: whatever happens between the record of a due time and the end of its run, it runs once. */
import { once } from 'node:events'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { coreBench } from '../support/core-bench.ts'
import { fastClock } from '../support/fast-clock.ts'
import { saveBusiness } from '../support/scheduled-business.ts'
import { startScript } from './killing.ts'

type Moment = 'claimed' | 'begun' | 'started' | 'never'

async function prepare(): Promise<string> {
  const bench = await coreBench({ clock: fastClock('2027-02-28T19:00:00Z'), zone: () => 'UTC' })
  await saveBusiness(bench, { schedule: { every: 'day', at: '18:00', zone: 'UTC' } })
  await bench.approve((await bench.plan('customers')).id)
  await bench.stop()
  return bench.dataFolder
}

interface Life {
  readonly signal: string | null
  readonly said: { readonly ended?: boolean; readonly refused?: string }
}

async function live(dataFolder: string, start: string, moment: Moment, ...more: readonly string[]): Promise<Life> {
  const child = startScript('run-scheduled.ts', dataFolder, start, moment, ...more)
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  const [, signal] = await once(child, 'close')
  return { signal, said: text === '' ? {} : JSON.parse(text) }
}

function read<Row>(dataFolder: string, sql: string): readonly Row[] {
  const db = new Database(join(dataFolder, 'patchbay.db'), { readonly: true })
  const rows = db.prepare<[], Row>(sql).all()
  db.close()
  return rows
}

/** What is wrong with the due time of a day; empty: it ran once, as the run that was reserved for it. */
function wrongOn(dataFolder: string, date: string): readonly string[] {
  const slots = read<{ outcome: string; run: string }>(dataFolder, `select * from slot where due_at like '${date}%'`)
  const runs = read<{ id: string; state: string }>(dataFolder, `select * from run where started_at like '${date}%'`)
  return [
    ...(slots.length === 1 ? [] : [`${slots.length} slots`]),
    ...(runs.length === 1 ? [] : [`${runs.length} runs`]),
    ...slots.filter((slot) => slot.outcome !== 'ran').map((slot) => `the slot is ${slot.outcome}`),
    ...runs.filter((run) => run.state !== 'finished').map((run) => `the run is ${run.state}`),
    ...runs.filter((run) => run.id !== slots[0]?.run).map((run) => `${run.id} is not the reserved run`),
  ]
}

describe('a host that is killed at a due time', () => {
  const days: Readonly<Record<string, readonly Moment[]>> = {
    '2027-03-01': ['claimed'],
    '2027-03-02': ['begun'],
    '2027-03-03': ['started'],
    '2027-03-04': ['claimed', 'begun', 'started'],
  }

  it('runs it once, as the run that was reserved', async () => {
    const dataFolder = await prepare()
    for (const [date, moments] of Object.entries(days)) {
      for (const [index, moment] of moments.entries()) {
        const { signal } = await live(dataFolder, `${date}T1${index === 0 ? '7:56' : `8:${index}0`}:00Z`, moment)
        expect([date, moment, signal]).toEqual([date, moment, 'SIGKILL'])
      }
      expect((await live(dataFolder, `${date}T18:30:00Z`, 'never')).said).toEqual({ ended: true })
      expect([date, wrongOn(dataFolder, date)]).toEqual([date, []])
    }
  }, 60_000)

  it('would run it twice if the record were lost with the process (the twin that shows the test can fail)', async () => {
    const dataFolder = await prepare()
    await live(dataFolder, '2027-03-01T17:56:00Z', 'never')
    expect(wrongOn(dataFolder, '2027-03-01')).toEqual([])
    const db = new Database(join(dataFolder, 'patchbay.db'))
    db.exec(`delete from slot; update schedule set last_due_at = '2027-03-01T12:00:00.000Z'`)
    db.close()
    await live(dataFolder, '2027-03-01T18:10:00Z', 'never')
    expect(wrongOn(dataFolder, '2027-03-01')).toContain('2 runs')
  }, 30_000)
})

describe('two hosts on one data folder', () => {
  const start = '2027-03-01T17:54:00Z'
  const both = (dataFolder: string, ...more: readonly string[]) =>
    Promise.all([live(dataFolder, start, 'never', ...more), live(dataFolder, start, 'never', ...more)])

  it('are one host: the other one is refused, and the due time runs once', async () => {
    const dataFolder = await prepare()
    const lives = await both(dataFolder)
    expect(lives.map(({ said }) => said.refused ?? 'served').sort()).toEqual(['data-folder-in-use', 'served'])
    expect(wrongOn(dataFolder, '2027-03-01')).toEqual([])
  }, 30_000)

  it('would both serve without the lock (the twin that shows the test can fail)', async () => {
    const lives = await both(await prepare(), '--no-lock')
    expect(lives.filter(({ said }) => said.refused !== undefined)).toEqual([])
  }, 30_000)
})
