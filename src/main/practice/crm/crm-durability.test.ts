import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { ServiceAnswer, TestService } from '../kit/testing/service-client.ts'
import { launchPracticeCrm } from './launch.ts'
import { startTestCrm } from './testing/start-crm.ts'

let crm: TestService
afterEach(() => crm.dispose())

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const keyed = (n: number, key = `key-${n}`) =>
  crm.call('POST', '/contacts', {
    json: { last_name: `N${n}`, external_ref: `ref-${n}` },
    headers: { 'idempotency-key': key },
  })

describe('what was answered', () => {
  test('is there after a SIGKILL in the middle of writing, and a second sending of the rest makes no second record', async () => {
    crm = await startTestCrm()
    const total = 400
    const answered = new Map<number, string>()
    let next = 0
    const writer = async (): Promise<void> => {
      while (next < total) {
        const n = next++
        const answer = await keyed(n).catch(() => null)
        if (answer?.status === 201) answered.set(n, answer.body.id)
        if (answered.size === 120) void crm.service().kill()
      }
    }
    await Promise.all(Array.from({ length: 12 }, writer))
    await crm.service().exited
    expect(answered.size).toBeGreaterThanOrEqual(120)
    expect(answered.size).toBeLessThan(total)
    await crm.restart()
    for (const [n, id] of answered)
      expect((await crm.call('GET', `/contacts/${id}`)).body?.external_ref).toBe(`ref-${n}`)
    for (let n = 0; n < total; n += 1) {
      const { status, body } = await keyed(n)
      expect(status).toBe(201)
      expect(body.id).toBe(answered.get(n) ?? body.id)
    }
    const { contact } = (await crm.call('GET', '/_stats')).body.objects
    expect([contact.live, contact.shared_external_refs, contact.writes.create]).toEqual([total, 0, total])
  })

  test('is doubled by the same kill when the second sending has new keys: the test above can fail', async () => {
    crm = await startTestCrm({ faults: { crashAfterWrites: 5 } })
    for (let n = 0; n < 5; n += 1) await keyed(n).catch(() => null)
    await crm.service().exited
    await crm.restart({ faults: {} })
    expect((await keyed(4)).headers.get('idempotent-replayed')).toBe('true')
    await keyed(4, 'another-key')
    expect((await crm.call('GET', '/_stats')).body.objects.contact.shared_external_refs).toBe(1)
  })

  test('is there after a clean stop, with an empty write-ahead log', async () => {
    crm = await startTestCrm()
    const { body } = await keyed(1)
    await crm.service().stop()
    const wal = join(crm.folder, 'data', 'crm.sqlite-wal')
    expect(existsSync(wal) ? statSync(wal).size : 0).toBe(0)
    await crm.restart()
    expect((await crm.call('GET', `/contacts/${body.id}`)).body).toEqual(body)
  })
})

describe('many writes at once', () => {
  test('share commits, and carry rising instants from commit to commit', async () => {
    crm = await startTestCrm({ faults: { commitDelayMs: 30 } })
    const answers: ServiceAnswer[] = await Promise.all(Array.from({ length: 60 }, (_, n) => keyed(n)))
    expect(answers.every((answer) => answer.status === 201)).toBe(true)
    const { commits, objects } = (await crm.call('GET', '/_stats')).body
    expect(objects.contact.live).toBe(60)
    expect(commits).toBeLessThan(20)
    const log = (await crm.call('GET', '/_writes')).body.data
    expect(log.map((entry: { at: string }) => entry.at)).toEqual(log.map((entry: { at: string }) => entry.at).sort())
  })
})

describe('an idempotency key', () => {
  test('gives the first answer again, refuses another request, and is refused while the first is under way', async () => {
    crm = await startTestCrm({ faults: { commitDelayMs: 150 } })
    const [first, second] = await Promise.all([keyed(1), keyed(1)])
    expect([first.status, second.status].sort()).toEqual([201, 409])
    const refused = first.status === 409 ? first : second
    expect([refused.body.error.code, refused.headers.get('retry-after')]).toEqual(['idempotency_in_progress', '1'])
    const again = await keyed(1)
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true'])
    const other = await keyed(2, 'key-1')
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotency_key_reused'])
    const elsewhere = await crm.call('POST', '/companies', {
      json: { name: 'x' },
      headers: { 'idempotency-key': 'key-1' },
    })
    expect(elsewhere.status).toBe(422)
    expect((await keyed(3, 'k'.repeat(256))).body.error.code).toBe('idempotency_key_invalid')
  })

  test('of a refused request may be used again', async () => {
    crm = await startTestCrm()
    const headers = { 'idempotency-key': 'mended' }
    expect((await crm.call('POST', '/contacts', { json: { email: 'broken' }, headers })).status).toBe(422)
    expect((await crm.call('POST', '/contacts', { json: { email: 'mended@example.com' }, headers })).status).toBe(201)
  })
})

describe('the process', () => {
  test('keeps its token in a file only its owner reads, and the same one after a restart', async () => {
    crm = await startTestCrm()
    const path = join(crm.folder, 'data', 'access-token')
    const { token } = crm.service()
    expect(readFileSync(path, 'utf8').trim()).toBe(token)
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
    await crm.service().kill()
    await crm.restart()
    expect(crm.service().token).toBe(token)
  })

  test('shares its folder with no second one, and leaves it free when killed', async () => {
    crm = await startTestCrm()
    const second = launchPracticeCrm({ dataFolder: join(crm.folder, 'data') })
    await expect(second).rejects.toMatchObject({ info: { kind: 'config', code: 'practice-folder-in-use' } })
    await crm.service().kill()
    await crm.restart()
    expect((await crm.call('GET', '/account')).status).toBe(200)
  })

  test('ends when the process that started it is killed', async () => {
    crm = await startTestCrm()
    const script = `const { launchPracticeCrm } = await import(${JSON.stringify(new URL('./launch.ts', import.meta.url).href)})
      const { pid } = await launchPracticeCrm({ dataFolder: ${JSON.stringify(join(crm.folder, 'orphan'))} })
      process.stdout.write(pid + '\\n')
      setInterval(() => undefined, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(String(line))
    expect(isRunning(pid)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false)
  })

  test('says what is wrong with its settings', async () => {
    crm = await startTestCrm()
    const wrong = launchPracticeCrm({ dataFolder: join(crm.folder, 'other'), port: 70_000 })
    await expect(wrong).rejects.toMatchObject({ info: { code: 'practice-settings' } })
    const taken = launchPracticeCrm({ dataFolder: join(crm.folder, 'other'), port: crm.service().port })
    await expect(taken).rejects.toMatchObject({ info: { kind: 'transient', code: 'practice-port-taken' } })
    const seedFile = join(crm.folder, 'nowhere.json')
    const unreadable = launchPracticeCrm({ dataFolder: join(crm.folder, 'other'), seedFile })
    await expect(unreadable).rejects.toMatchObject({ info: { code: 'practice-seed-unreadable' } })
  })
})
