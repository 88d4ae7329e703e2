import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { coreBench } from '#test/support/core-bench.ts'
import { loopbackDefinitions } from '#test/support/loopback-definitions.ts'
import { startService } from '#test/support/services/start-service.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { restoreBackup } from './restore-backup.ts'

const count = 30

/** An office that made a backup before its first run, and then ran. */
async function office() {
  const service = await startService('loopback', { customers: count, mode: 'keys', maxLifeMs: 60_000 })
  onTestFinished(service.stop)
  const dataFolder = tempFolder()
  const path = join(tempFolder(), 'backup.db')
  const bench = await coreBench({ dataFolder })
  await bench.call('definitions.import', { text: loopbackDefinitions({ url: service.url }), fileName: 'x.json' })
  await bench.approve((await bench.plan('to-contacts')).id)
  await bench.call('backups.make', { path })
  return { service, dataFolder, path, bench }
}

const runOf = async (dataFolder: string): Promise<unknown> => {
  const bench = await coreBench({ dataFolder })
  const { restoredAt } = await bench.call('system.status', {})
  const run = await bench.run('to-contacts').catch((thrown: { code?: string }) => thrown.code)
  await bench.stop()
  return [restoredAt !== null, typeof run === 'string' ? run : 'ran']
}

describe('a database that was put back to an earlier state', () => {
  it('runs nothing before a person has looked at a new plan; what has a key is recognised again', async () => {
    const { service, dataFolder, path, bench } = await office()
    await bench.stop()
    restoreBackup(path, dataFolder, Date.now())
    const again = await coreBench({ dataFolder })
    expect((await again.call('system.status', {})).restoredAt).not.toBeNull()
    await expect(again.run('to-contacts')).rejects.toMatchObject({ code: 'plan-first' })
    const run = await again.approve((await again.plan('to-contacts')).id)
    const stats = (await (await fetch(`${service.url}/stats`)).json()) as { contacts: number; duplicates: number }
    expect([run.state, run.counts.created, stats.contacts, stats.duplicates]).toEqual(['finished', 0, count, 0])
    expect((await again.run('to-contacts')).state).toBe('finished')
  }, 30_000)

  it('is noticed also where only its file was copied back by hand', async () => {
    const { dataFolder, bench } = await office()
    await bench.stop()
    const copy = join(tempFolder(), 'copy.db')
    copyFileSync(join(dataFolder, 'patchbay.db'), copy)
    await runOf(dataFolder)
    copyFileSync(copy, join(dataFolder, 'patchbay.db'))
    expect(await runOf(dataFolder)).toEqual([true, 'plan-first'])
  }, 30_000)

  it('is not suspected after an ordinary stop, nor after one without an end', async () => {
    const { dataFolder, bench } = await office()
    await bench.stop()
    expect(await runOf(dataFolder)).toEqual([false, 'ran'])
    expect(await runOf(dataFolder)).toEqual([false, 'ran'])
  }, 30_000)
})
