/** The HTTP client against a server in another process that does everything wrong. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppError, errorInfoOf } from '#shared/errors.ts'
import { type RunningService, startService } from '#test/support/services/start-service.ts'
import type { HttpOutcome, HttpRequest, HttpSettings } from './http.ts'
import { createHttpClient, type GatedHttpClient } from './http-client.ts'
import { makeTestClock, type TestClock } from './testing/test-clock.ts'
import type { Wait } from './wait.ts'

const secret = 'tok_5up3r/s3cr3t+1'
let ugly: RunningService
let other: RunningService
const open: GatedHttpClient[] = []

beforeAll(async () => {
  other = await startService('ugly')
  ugly = await startService('ugly', { elsewhere: other.url })
})
afterAll(async () => {
  await Promise.all(open.map((client) => client.close()))
  await Promise.all([ugly.stop(), other.stop()])
})

interface Made {
  readonly client: GatedHttpClient
  readonly clock: TestClock
  readonly waits: (Wait | undefined)[]
}

function make(settings: Partial<HttpSettings> = {}): Made {
  const clock = makeTestClock()
  const waits: (Wait | undefined)[] = []
  const client = createHttpClient({
    clock,
    random: () => 0.5,
    settings: { baseUrl: ugly.url, headers: { Authorization: `Bearer ${secret}` }, ...settings },
    onWait: (wait) => waits.push(wait),
  })
  open.push(client)
  return { client, clock, waits }
}

function get(path: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', path, signal: new AbortController().signal, ...more }
}

function post(path: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'POST', path, body: '{}', signal: new AbortController().signal, ...more }
}

async function errorOf(reading: Promise<unknown>): Promise<AppError> {
  // Every failure of the client is an AppError; the assertions on its code show it.
  return (await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )) as AppError
}

function outcomeOf(outcome: HttpOutcome): string {
  return outcome.kind === 'answered' ? `answered ${outcome.reply.status}` : `${outcome.kind} ${outcome.error.code}`
}

async function countOf(service: RunningService, name: string): Promise<number> {
  // The ugly API's own counts.
  const counts = (await (await fetch(`${service.url}/counts`)).json()) as Record<string, number>
  return counts[name] ?? 0
}

describe('a read', () => {
  test('gives status, headers, JSON and the clock of the service', async () => {
    const reply = await make().client.read(get('/ok'))
    expect(reply.status).toBe(200)
    expect(reply.json()).toMatchObject({ total: 1 })
    expect(Date.parse(reply.serverTime ?? '')).toBeGreaterThan(0)
  })

  test('encodes its query and carries the headers of the connection', async () => {
    const reply = await make().client.read(get('/headers', { query: { a: 'x&y=1', b: undefined, n: 2 } }))
    expect(reply.json()).toMatchObject({
      url: '/headers?a=x%26y%3D1&n=2',
      headers: { authorization: `Bearer ${secret}` },
    })
  })

  test('is tried three times in all when the service is down', async () => {
    const { client, clock } = make()
    const error = await errorOf(client.read(get('/flaky/9', { query: { name: 'down' } })))
    expect(error.info).toMatchObject({ kind: 'transient', code: 'service-unavailable', details: { status: 503 } })
    expect(await countOf(ugly, 'flaky-down')).toBe(3)
    expect(clock.sleeps).toHaveLength(2)
  })

  test('succeeds when the service comes back', async () => {
    const { client } = make()
    await expect(client.read(get('/flaky/2', { query: { name: 'back' } }))).resolves.toMatchObject({ status: 200 })
  })

  test('waits at least as long as Retry-After says, and says why', async () => {
    const { client, clock, waits } = make()
    await client.read(get('/flaky/1', { query: { name: 'wait', status: 429, 'retry-after': '7' } }))
    expect(clock.sleeps[0]).toBeGreaterThanOrEqual(7000)
    expect(waits.find((wait) => wait)?.message).toContain('asked us to slow down')
    expect(client.waiting()).toBeUndefined()
  })

  test('takes Retry-After as a date by the clock of the service', async () => {
    const { client, clock } = make()
    const inAMinute = new Date(Date.now() + 60_000).toUTCString()
    await client.read(get('/flaky/1', { query: { name: 'date', status: 429, 'retry-after': inAMinute } }))
    expect(clock.sleeps[0]).toBeGreaterThanOrEqual(58_000)
    expect(clock.sleeps[0]).toBeLessThan(64_000)
  })

  test('does not sit through a long pause but tells the time, and later requests are not even sent', async () => {
    const { client, clock } = make()
    const error = await errorOf(client.read(get('/status/429', { query: { 'retry-after': 3600 } })))
    expect(error.info).toMatchObject({ kind: 'rate-limited', code: 'rate-limited' })
    expect(error.info.details?.retryAfterMs).toBeGreaterThanOrEqual(3_600_000)
    expect(clock.sleeps).toEqual([])
    const before = await countOf(ugly, 'ok')
    expect((await errorOf(client.read(get('/ok')))).info.kind).toBe('rate-limited')
    expect(outcomeOf(await client.write(post('/ok')))).toBe('not-sent rate-limited')
    expect(await countOf(ugly, 'ok')).toBe(before)
    expect(client.waiting()?.reason).toBe('rate-limited')
  })

  test.each([
    [400, 'config', 'request-refused'],
    [401, 'config', 'not-authorized'],
    [403, 'config', 'not-allowed'],
    [404, 'data', 'not-found'],
    [405, 'config', 'not-supported'],
    [409, 'conflict', 'conflict'],
    [410, 'data', 'gone'],
    [412, 'conflict', 'stale-version'],
    [413, 'data', 'request-too-large'],
    [415, 'config', 'wrong-format'],
    [418, 'config', 'refused'],
    [422, 'data', 'values-refused'],
    [500, 'transient', 'service-unavailable'],
    [504, 'transient', 'service-unavailable'],
  ])('of status %i is %s / %s, in words and without the key', async (status, kind, code) => {
    const { client } = make()
    const error = await errorOf(client.read(get(`/status/${status}`, { query: { key: secret } })))
    expect(error.info).toMatchObject({ kind, code, details: { status } })
    expect(error.message).toContain('127.0.0.1')
    expect(error.info.next).toBeTruthy()
    const shown = JSON.stringify(error.info) + error.stack
    expect(shown).not.toContain(secret)
    expect(shown).not.toContain(encodeURIComponent(secret))
    expect(shown).toContain('[hidden]')
  })

  test.each([
    ['/html', 'html'],
    ['/truncated', 'truncated'],
    ['/empty', 'empty'],
    ['/broken-utf8', 'truncated'],
  ])('of %s is not JSON and says so', async (path, looks) => {
    const reply = await make().client.read(get(path))
    expect(errorInfoOf(catchOf(() => reply.json()))).toMatchObject({ code: 'answer-not-json', details: { looks } })
  })

  test('honours a declared charset', async () => {
    const reply = await make().client.read(get('/latin1'))
    expect(reply.json()).toMatchObject({ data: [{ name: 'José' }] })
  })

  test('stops reading an answer that grows beyond the limit', async () => {
    const { client } = make({ maxResponseBytes: 1_000_000 })
    expect((await errorOf(client.read(get('/huge')))).code).toBe('network-too-large')
    expect(await countOf(ugly, 'poured')).toBeLessThan(30_000_000)
  })

  test('unpacks an answer nobody asked to pack, but no bomb', async () => {
    const { client } = make({ maxResponseBytes: 1_000_000 })
    expect((await client.read(get('/gzip'))).json()).toMatchObject({ data: [{ id: '1' }] })
    expect((await errorOf(client.read(get('/bomb')))).code).toBe('network-too-large')
  })

  test('follows redirects on the same origin, five at most', async () => {
    const { client } = make()
    expect((await client.read(get('/redirect/4'))).status).toBe(200)
    expect((await errorOf(client.read(get('/redirect/5')))).code).toBe('redirected')
  })

  test('never carries the key to another host', async () => {
    const { client } = make()
    expect((await errorOf(client.read(get('/elsewhere')))).code).toBe('redirect-elsewhere')
    expect((await errorOf(client.read(get(`${other.url}/ok`)))).code).toBe('foreign-address')
    expect((await errorOf(client.read(get('//example.com/ok')))).code).toBe('foreign-address')
    expect(await countOf(other, 'ok')).toBe(0)
    // The twin: a client that follows does arrive there.
    await fetch(`${ugly.url}/elsewhere`)
    expect(await countOf(other, 'ok')).toBe(1)
  })

  test('takes an absolute address on the same origin', async () => {
    expect((await make().client.read(get(`${ugly.url}/ok?x=1`))).status).toBe(200)
  })

  test.each([
    ['/slow', { timeoutMs: 100 }, 'network-answer-timeout'],
    ['/dribble', { timeoutMs: 100, answerTimeoutMs: 250 }, 'network-answer-timeout'],
    ['/reset', {}, 'network-reset'],
    ['/reset-mid-body', {}, 'network-reset'],
  ])('of %s ends as transient', async (path, settings, code) => {
    const error = await errorOf(make(settings).client.read(get(path)))
    expect(error.info).toMatchObject({ kind: 'transient', code, kept: 'Nothing was changed.' })
  })

  test('stops at once when aborted', async () => {
    const stop = new AbortController()
    const reading = make().client.read(get('/slow', { signal: stop.signal }))
    const startMs = performance.now()
    setTimeout(() => stop.abort(), 50)
    expect((await errorOf(reading)).kind).toBe('cancelled')
    expect(performance.now() - startMs).toBeLessThan(1000)
  })
})

describe('a write', () => {
  test.each([
    ['/ok', 'answered 200'],
    ['/status/400', 'answered 400'],
    ['/status/401', 'not-sent not-authorized'],
    ['/status/403', 'answered 403'],
    ['/status/404', 'answered 404'],
    ['/status/409', 'answered 409'],
    ['/status/413', 'answered 413'],
    ['/status/422', 'answered 422'],
    ['/status/429', 'not-sent rate-limited'],
    ['/status/408', 'uncertain request-timeout'],
    ['/status/500', 'uncertain service-unavailable'],
    ['/status/503', 'uncertain service-unavailable'],
    ['/moved', 'answered 308'],
    ['/elsewhere', 'uncertain redirected'],
    ['/reset', 'uncertain network-reset'],
    ['/reset-mid-body', 'uncertain network-reset'],
    ['/slow', 'uncertain network-answer-timeout'],
  ])('to %s is %s', async (path, expected) => {
    const { client } = make({ timeoutMs: 300 })
    const name = path.split('/')[1] ?? ''
    const before = await countOf(ugly, name)
    expect(outcomeOf(await client.write(post(path)))).toBe(expected)
    expect(await countOf(ugly, name)).toBe(before + 1)
  })

  test('that nobody listens to is certain not to have been sent', async () => {
    const { client } = make({ baseUrl: 'http://127.0.0.1:1' })
    const outcome = await client.write(post('/contacts'))
    expect(outcomeOf(outcome)).toBe('not-sent network-refused')
    expect(outcome.kind === 'not-sent' && outcome.error.kept).toContain('did not reach the service')
  })

  test('to a name that does not exist is certain not to have been sent', async () => {
    const { client } = make({ baseUrl: 'https://no-such-host.invalid' })
    expect(outcomeOf(await client.write(post('/contacts')))).toMatch(/^not-sent network-(dns|unreachable)$/)
  })

  test('to a server without TLS is certain not to have been sent', async () => {
    const { client } = make({ baseUrl: ugly.url.replace('http:', 'https:') })
    expect(outcomeOf(await client.write(post('/ok')))).toBe('not-sent network-tls')
  })

  test('to a server nobody vouches for is not sent, even where the environment says to trust it', async () => {
    const unproven = await startService('selfSigned')
    const baseUrl = unproven.url.replace('http:', 'https:')
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    try {
      // The twin: a client that listens to the environment does connect.
      expect((await fetch(baseUrl)).status).toBe(200)
      expect(outcomeOf(await make({ baseUrl }).client.write(post('/ok')))).toBe('not-sent network-tls')
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before
      await unproven.stop()
    }
  })

  test('stopped before it left is not sent; stopped on its way is uncertain', async () => {
    const { client } = make()
    expect(outcomeOf(await client.write(post('/slow', { signal: AbortSignal.abort() })))).toBe('not-sent cancelled')
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 100)
    expect(outcomeOf(await client.write(post('/slow', { signal: stop.signal })))).toBe('uncertain cancelled')
  })

  test('with a line break in its key is not sent and does not show the key', async () => {
    const { client } = make({ headers: { authorization: 'Bearer tok_abc\r\nX-Evil: 1' } })
    const outcome = await client.write(post('/ok'))
    expect(outcomeOf(outcome)).toBe('not-sent network-unsendable')
    expect(JSON.stringify(outcome)).not.toContain('tok_abc')
  })

  test('answered 429 holds back every other request of the connection', async () => {
    const { client, clock } = make()
    const outcome = await client.write(post('/status/429', { query: { 'retry-after': 30 } }))
    expect(outcome.kind === 'not-sent' && outcome.retryAfterMs).toBeGreaterThanOrEqual(30_000)
    await client.read(get('/ok'))
    expect(clock.sleeps[0]).toBeGreaterThanOrEqual(30_000)
  })
})

describe('a connection', () => {
  test('is refused without encryption, except on this computer', () => {
    const tryUrl = (baseUrl: string) => errorInfoOf(catchOf(() => make({ baseUrl }))).code
    expect(tryUrl('http://api.example.com')).toBe('address-not-encrypted')
    expect(tryUrl('http://127.0.0.1.example.com')).toBe('address-not-encrypted')
    expect(tryUrl('ftp://127.0.0.1')).toBe('address-not-encrypted')
    expect(tryUrl('https://user:pw@example.com')).toBe('address-with-password')
    expect(tryUrl('no address')).toBe('address-invalid')
    expect(() => make({ baseUrl: 'http://[::1]:9' })).not.toThrow()
    expect(() => make({ baseUrl: 'http://localhost:9' })).not.toThrow()
  })

  test('never has more requests under way than it may', async () => {
    const measure = async (maxConnections: number): Promise<number> => {
      const { client } = make({ maxConnections, timeoutMs: 300 })
      const startMs = performance.now()
      await Promise.all([1, 2, 3, 4].map(() => client.write(post('/slow'))))
      return performance.now() - startMs
    }
    expect(await measure(2)).toBeGreaterThanOrEqual(590)
    expect(await measure(4)).toBeLessThan(590)
  })

  test('spreads requests so that no window holds more than the limit', async () => {
    const send = async (settings: Partial<HttpSettings>): Promise<{ most: number; lastsMs: number }> => {
      const { client, clock } = make(settings)
      const times: number[] = []
      for (let n = 0; n < 12; n += 1) {
        await client.read(get('/ok'))
        times.push(clock.now())
      }
      const inWindow = times.map((start) => times.filter((t) => t >= start && t < start + 1000).length)
      return { most: Math.max(...inWindow), lastsMs: (times.at(-1) ?? 0) - (times[0] ?? 0) }
    }
    const paced = await send({ rate: { requests: 5, perMs: 1000 } })
    expect(paced.most).toBeLessThanOrEqual(5)
    expect(paced.lastsMs).toBeLessThan(3500)
    expect((await send({})).most).toBe(12)
  })

  test('lets a connector say better what a status means', async () => {
    const { client } = make({
      errors: [
        {
          status: 403,
          error: () => ({ kind: 'rate-limited', code: 'quota', message: `Quota of ${secret} is used up.` }),
        },
      ],
    })
    const error = await errorOf(client.read(get('/status/403')))
    expect(error.info).toMatchObject({ code: 'quota', message: 'Quota of [hidden] is used up.' })
  })
})

function catchOf(act: () => unknown): unknown {
  try {
    return act()
  } catch (thrown) {
    return thrown
  }
}
