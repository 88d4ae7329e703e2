import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { takeDataLock } from './data-lock.ts'
import { isAlive, startMark } from './process-identity.ts'

const fileOf = (folder: string): string => join(folder, 'host.lock')
const inUse = { info: { kind: 'config', code: 'data-folder-in-use' } }

function writeLock(folder: string, changes: object): void {
  const owner = { pid: process.pid, mark: startMark(process.pid), host: hostname(), token: 'other', ...changes }
  writeFileSync(fileOf(folder), JSON.stringify(owner))
}

async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}

describe('the lock of a data folder', () => {
  it('is there for one at a time and leaves nothing behind', async () => {
    const folder = tempFolder()
    const lock = await takeDataLock(folder)
    await expect(takeDataLock(folder)).rejects.toMatchObject(inUse)
    lock.release()
    expect(readdirSync(folder)).toEqual([])
    ;(await takeDataLock(folder)).release()
  })

  it('of a living process holds', async () => {
    const folder = tempFolder()
    writeLock(folder, {})
    await expect(takeDataLock(folder)).rejects.toMatchObject(inUse)
  })

  it('of an ended process counts for nothing', async () => {
    const folder = tempFolder()
    writeLock(folder, { pid: await endedPid() })
    ;(await takeDataLock(folder)).release()
  })

  it('of an ended process whose id another one has by now counts for nothing', async () => {
    const folder = tempFolder()
    writeLock(folder, { mark: 'another boot 1234' })
    ;(await takeDataLock(folder)).release()
  })

  it('of a living process that does not tell when it started holds', async () => {
    const folder = tempFolder()
    writeLock(folder, { mark: null })
    await expect(takeDataLock(folder)).rejects.toMatchObject(inUse)
  })

  it('of another computer holds, and the computer is named', async () => {
    const folder = tempFolder()
    writeLock(folder, { host: 'reception-pc', pid: await endedPid() })
    await expect(takeDataLock(folder)).rejects.toMatchObject({
      info: { message: expect.stringContaining('reception-pc') },
    })
  })

  for (const text of ['', '{"pid":', '[]', '{"pid":"1","host":"a","token":"t"}', '{"pid":-1,"host":"a","token":"t"}']) {
    it(`that says ${JSON.stringify(text)} holds while it may still be written, and no longer`, async () => {
      const folder = tempFolder()
      writeFileSync(fileOf(folder), text)
      await expect(takeDataLock(folder)).rejects.toMatchObject(inUse)
      const longAgo = Date.now() / 1000 - 10
      utimesSync(fileOf(folder), longAgo, longAgo)
      ;(await takeDataLock(folder)).release()
    })
  }

  it('is not removed by one who lost it', async () => {
    const folder = tempFolder()
    const lock = await takeDataLock(folder)
    writeLock(folder, {})
    lock.release()
    expect(readdirSync(folder)).toEqual(['host.lock'])
  })

  it('that was left behind goes to exactly one of several that start at the same moment', async () => {
    const folder = tempFolder()
    writeLock(folder, { pid: await endedPid() })
    writeFileSync(
      `${fileOf(folder)}.removing`,
      JSON.stringify({ pid: await endedPid(), mark: null, host: hostname(), token: 't' }),
    )
    const script = `
      import { takeDataLock } from ${JSON.stringify(new URL('./data-lock.ts', import.meta.url).href)}
      process.stdin.once('data', () => takeDataLock(${JSON.stringify(folder)}).then(
        () => { process.stdout.write('got it\\n'); setTimeout(() => process.exit(), 1500) },
        (thrown) => { process.stdout.write(thrown.code + '\\n'); process.exit() },
      ))
      process.stdout.write('ready\\n')`
    const children = Array.from({ length: 4 }, () => spawn(process.execPath, ['--input-type=module', '-e', script]))
    for (const child of children) await once(child.stdout, 'data')
    const answers = children.map(async (child) => String((await once(child.stdout, 'data'))[0]).trim())
    for (const child of children) child.stdin.write('go')
    expect((await Promise.all(answers)).sort()).toEqual([
      'data-folder-in-use',
      'data-folder-in-use',
      'data-folder-in-use',
      'got it',
    ])
    await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')))
  }, 20_000)
})

describe('the identity of a process', () => {
  it('is the same for the same process and differs between two', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 10_000)'])
    await once(child, 'spawn')
    const mark = startMark(child.pid ?? 0)
    expect([mark, isAlive(child.pid ?? 0)]).toEqual([startMark(child.pid ?? 0), true])
    expect(mark).not.toBe(startMark(process.pid))
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect([startMark(child.pid ?? 0), isAlive(child.pid ?? 0)]).toEqual([null, false])
  })
})
