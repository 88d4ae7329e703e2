import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withLock } from '../../scripts/lib/lock.mjs'

const lockModule = new URL('../../scripts/lib/lock.mjs', import.meta.url).href
let folder = ''
let file = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-test-'))
  file = join(folder, 'sub', '.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A process id that was in use a moment ago and is not any more. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}

async function leaveLock(owner: Record<string, unknown>): Promise<void> {
  await withLock({ file }, async () => {})
  writeFileSync(file, JSON.stringify({ host: hostname(), token: 'left', ...owner }))
}

describe('withLock', () => {
  it('gives back what the work gives and leaves no file', async () => {
    expect(await withLock({ file }, async () => existsSync(file))).toBe(true)
    expect(existsSync(file)).toBe(false)
  })

  it('is free again after work that throws', async () => {
    await expect(withLock({ file }, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(existsSync(file)).toBe(false)
  })

  it('lets one of several in at a time, across processes', async () => {
    const log = join(folder, 'log')
    const code = `import { appendFileSync } from 'node:fs'; import { setTimeout } from 'node:timers/promises'
      import { withLock } from ${JSON.stringify(lockModule)}
      for (let i = 0; i < 5; i += 1) await withLock({ file: process.argv[1], times: { pollMs: 2 } }, async () => {
        appendFileSync(process.argv[2], 'in '); await setTimeout(3); appendFileSync(process.argv[2], 'out ') })`
    const children = [1, 2, 3].map(() => spawn(process.execPath, ['--input-type=module', '-e', code, file, log]))
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]))
    expect(codes).toEqual([0, 0, 0])
    expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(15))
  })

  it('takes over from a process that was killed', async () => {
    const code = `import { withLock } from ${JSON.stringify(lockModule)}
      await withLock({ file: process.argv[1] }, () => { console.log('in'); return new Promise((done) => setTimeout(done, 60000)) })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code, file])
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(existsSync(file)).toBe(true)
    expect(await withLock({ file, times: { pollMs: 5 } }, async () => 'mine')).toBe('mine')
  })

  it('waits while what a killed owner had started still runs', async () => {
    const running = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'])
    await leaveLock({ pid: await deadPid(), childPid: running.pid })
    let hasWaited = false
    const work = withLock({ file, onWait: () => (hasWaited = true), times: { pollMs: 5 } }, async () => running.killed)
    setTimeout(() => running.kill('SIGKILL'), 60)
    expect(await work).toBe(true)
    expect(hasWaited).toBe(true)
  })

  it('takes over a lock whose process id was given to another program', async () => {
    await leaveLock({ pid: process.pid })
    expect(await withLock({ file, times: { pollMs: 5, untouchedMs: 50 } }, async () => 'mine')).toBe('mine')
  })

  it('does not judge by the process id of another computer', async () => {
    await leaveLock({ pid: await deadPid(), host: 'elsewhere' })
    const waiting = withLock({ file, times: { pollMs: 5, waitMs: 60 } }, async () => 'mine')
    await expect(waiting).rejects.toThrow('has not finished')
  })

  it('keeps its lock alive longer than the time after which an untouched one is taken', async () => {
    const times = { pollMs: 5, touchMs: 20, untouchedMs: 150 }
    const order: string[] = []
    const first = withLock({ file, times }, async () => {
      await new Promise((done) => setTimeout(done, 500))
      order.push('first')
    })
    await withLock({ file, times }, async () => order.push('second'))
    await first
    expect(order).toEqual(['first', 'second'])
  })
})
