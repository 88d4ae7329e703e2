/** The test services themselves: honest counts, knobs that work, and no process left behind. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { type RunningService, startService } from './start-service.ts'

const running: RunningService[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()))
})

async function start(settings: object): Promise<RunningService> {
  const service = await startService('loopback', settings)
  running.push(service)
  return service
}

async function call(service: RunningService, path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const answer = await fetch(service.url + path, init)
  return { httpStatus: answer.status, ...((await answer.json()) as object) }
}

function post(body: object, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('the loopback service', () => {
  test('pages deterministic customers and shows an edit', async () => {
    const service = await start({ customers: 5 })
    const first = await call(service, '/customers?limit=3')
    expect(first).toMatchObject({ has_more: true, next: '3', total: 5 })
    expect(first.data).toHaveLength(3)
    await call(service, '/customers/cus_00000001', post({ name: 'New' }))
    expect(await call(service, '/customers/cus_00000001')).toMatchObject({ name: 'New' })
    const since = await call(service, '/customers?updated_since=2026-01-01T00:00:00.000Z')
    expect(since.data).toHaveLength(1)
  })

  test('remembers keys in mode keys, and counts duplicates honestly in mode lookup', async () => {
    for (const [mode, duplicates] of [
      ['keys', 0],
      ['lookup', 1],
    ] as const) {
      const service = await start({ mode })
      for (const key of ['a', 'a', 'b']) {
        await call(service, '/contacts', post({ external_id: `x-${key}` }, { 'idempotency-key': key }))
      }
      expect(await call(service, '/stats')).toMatchObject({ requests: 3, duplicates, contacts: 2 + duplicates })
    }
  })

  test('refuses a stale version and a batch that is too long', async () => {
    const service = await start({})
    const { id } = await call(service, '/contacts', post({ external_id: 'x' }))
    const update = (version: string) => ({ ...post({ a: 1 }, { 'if-match': version }), method: 'PATCH' })
    expect((await call(service, `/contacts/${id}`, update('"1"'))).httpStatus).toBe(200)
    expect((await call(service, `/contacts/${id}`, update('"1"'))).httpStatus).toBe(412)
    const records = Array.from({ length: 101 }, (_, n) => ({ external_id: String(n) }))
    expect((await call(service, '/contacts/batch', post({ records }))).httpStatus).toBe(413)
  })

  test('commits a delayed write although its sender is gone', async () => {
    const service = await start({ commitDelayMs: 150 })
    const sending = fetch(`${service.url}/contacts`, { ...post({ external_id: 'x' }), signal: AbortSignal.timeout(50) })
    await expect(sending).rejects.toThrow()
    expect(await call(service, '/stats')).toMatchObject({ creates: 0 })
    await pause(250)
    expect(await call(service, '/stats')).toMatchObject({ creates: 1 })
  })

  test('ends when its parent is killed', async () => {
    const script = `const { startService } = await import(process.argv[1]); const s = await startService('loopback'); console.log(s.pid)`
    const file = fileURLToPath(new URL('./start-service.ts', import.meta.url))
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script, file], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [printed] = await once(parent.stdout, 'data')
    const pid = Number(String(printed))
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    for (let left = 50; left > 0 && isAlive(pid); left -= 1) await pause(50)
    expect(isAlive(pid)).toBe(false)
  })

  test('ends after its life time', async () => {
    const service = await start({ maxLifeMs: 300 })
    for (let left = 50; left > 0 && isAlive(service.pid); left -= 1) await pause(50)
    expect(isAlive(service.pid)).toBe(false)
  })
})
