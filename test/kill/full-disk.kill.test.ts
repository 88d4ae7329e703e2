/**
 * A disk that is really full: the data folder lies on a small file system in memory. Linux only, and only where such a
 * file system may be mounted (as root).
 */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { coreBench } from '../support/core-bench.ts'
import { loopbackDefinitions } from '../support/loopback-definitions.ts'
import { startService } from '../support/services/start-service.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { startScript } from './killing.ts'

const recordCount = 4_000

function mount(...args: readonly string[]): boolean {
  return spawnSync('mount', args).status === 0
}

/** A folder of its own with room for `sizeMb`; undefined where nothing may be mounted. */
function smallDisk(sizeMb: number): string | undefined {
  const folder = tempFolder()
  if (!mount('-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', folder)) return undefined
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  return folder
}

interface EndedRun {
  readonly state: string
  readonly counts: Readonly<Record<string, number>>
  readonly error: { readonly code: string; readonly message: string; readonly next: string } | null
}

/** Runs the integration in a process of its own; answers the run it printed last. */
async function runToEnd(dataFolder: string): Promise<EndedRun> {
  const child = startScript('run-child.ts', dataFolder, 'to-contacts')
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  await once(child, 'close')
  return JSON.parse(text.trim().split('\n').at(-1) ?? '') as EndedRun
}

async function statsOf(url: string): Promise<Record<string, number>> {
  return (await (await fetch(`${url}/stats`)).json()) as Record<string, number>
}

const canMount = process.platform === 'linux' && process.getuid?.() === 0

describe.runIf(canMount)('a disk that gets full during a run', () => {
  it('ends the run with words; with room again the next run finishes, and nothing is there twice', async () => {
    const dataFolder = smallDisk(4)
    if (dataFolder === undefined) throw new Error('no file system may be mounted here, although this is root on Linux')
    const service = await startService('loopback', { customers: 0, mode: 'lookup', maxLifeMs: 180_000 })
    onTestFinished(service.stop)
    const bench = await coreBench({ dataFolder })
    const text = loopbackDefinitions({ url: service.url, mode: 'lookup', settleMs: 100 })
    await bench.call('definitions.import', { text, fileName: 'full.json' })
    await bench.approve((await bench.plan('to-contacts')).id)
    await bench.stop()
    const body = JSON.stringify({ customers: recordCount, mode: 'lookup' })
    await fetch(`${service.url}/reset`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })

    const full = await runToEnd(dataFolder)
    const atFull = await statsOf(service.url)
    // Where not even the end of the run had room to be saved, it is told from memory, as interrupted.
    expect(full.state).toMatch(/^(failed|interrupted)$/)
    expect(full.error?.code).toBe('disk-full')
    expect(full.error?.next).toContain('Free some space')
    expect(atFull.creates).toBeGreaterThan(0)
    expect(atFull.creates).toBeLessThan(recordCount)

    expect(mount('-o', 'remount,size=64m', dataFolder)).toBe(true)
    const whole = await runToEnd(dataFolder)
    const stats = await statsOf(service.url)
    console.log(
      `full disk: ${atFull.creates} of ${recordCount} created when it was full, then ${stats.contacts}, ${stats.duplicates} duplicates`,
    )
    expect(whole.state).toBe('finished')
    expect([stats.contacts, stats.duplicates]).toEqual([recordCount, 0])
  }, 120_000)
})
