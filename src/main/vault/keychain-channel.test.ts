/** The channel to the keychain process, with processes that misbehave. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { childChannel } from './keychain-channel.ts'
import { keychainName, openOsKeychain } from './os-keychain.ts'

const request = { operation: 'read', service: 'patchbay', account: 'kek:test' } as const

function channelTo(script: string): ReturnType<typeof childChannel> {
  const entry = join(tempFolder(), 'child.mjs')
  writeFileSync(entry, script)
  return childChannel({ entry })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a keychain process', () => {
  test.each([
    ['dies', 'process.exit(3)', 'operate'],
    ['answers something else', `console.log('{"ok":"maybe","key":"in clear"}')`, 'operate'],
    ['answers half a line', `console.log('{"ok":true,"key":"in cl')`, 'operate'],
    ['cannot be loaded', 'import "./not-there.mjs"', 'operate'],
  ])('that %s is a failure, never "no key", and nothing of its answer is shown', async (_what, script, phase) => {
    const reply = await channelTo(script)(request, 5000)
    expect(reply).toMatchObject({ ok: false, phase })
    expect(JSON.stringify(reply)).not.toContain('in cl')
  })

  test('that does not end is killed at the time limit', async () => {
    const pidFile = join(tempFolder(), 'pid')
    const script = `import fs from 'node:fs'; fs.writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => undefined, 1000)`
    const reply = await channelTo(script)(request, 2000)
    expect(reply).toMatchObject({ ok: false, phase: 'timeout' })
    const pid = Number(readFileSync(pidFile, 'utf8'))
    await expect.poll(() => isAlive(pid)).toBe(false)
  })

  test('that cannot be started at all counts as no keychain', async () => {
    const channel = childChannel({ entry: 'child.mjs', execPath: join(tempFolder(), 'no-node') })
    expect(await channel(request, 5000)).toMatchObject({ ok: false, phase: 'reach' })
  })

  test('gets its request through a pipe: nothing of it stands on the command line or in the environment', async () => {
    const seen = `process.stdin.resume(); console.log(JSON.stringify({ ok: true, key: JSON.stringify([process.argv, process.env]) }))`
    const reply = await channelTo(seen)({ ...request, operation: 'keep', key: 'marked-key-in-clear' }, 5000)
    expect(reply).toMatchObject({ ok: true, key: expect.stringContaining('child.mjs') })
    expect(JSON.stringify(reply)).not.toContain('marked-key-in-clear')
  })
})

describe('the keychain of the system', () => {
  test('refuses an entry that is not a key, instead of using it or replacing it', async () => {
    const keychain = openOsKeychain({ installId: 'test', channel: async () => ({ ok: true, key: 'hello' }) })
    await expect(keychain.read()).rejects.toMatchObject({ info: { code: 'keychain-key-malformed' } })
    await expect(keychain.keep(Buffer.alloc(32))).rejects.toMatchObject({ info: { code: 'keychain-key-malformed' } })
  })

  test('gives its limit to the channel, and a person more time', async () => {
    const limits: number[] = []
    const channel = async (_request: unknown, timeoutMs: number): Promise<{ ok: true; key: null }> => {
      limits.push(timeoutMs)
      return { ok: true, key: null }
    }
    const keychain = openOsKeychain({ installId: 'test', channel })
    expect([await keychain.read(), await keychain.read({ timeoutMs: 120_000 })]).toEqual([null, null])
    await expect(keychain.keep(Buffer.alloc(32))).rejects.toMatchObject({ info: { code: 'keychain-refused' } })
    expect(limits).toEqual([10_000, 120_000, 10_000])
  })

  test.each([
    ['win32', /Windows/],
    ['darwin', /macOS/],
    ['linux', /Secret Service/],
  ] as const)('has a name on %s that people know', (platform, name) => {
    expect(keychainName(platform)).toMatch(name)
  })
})
