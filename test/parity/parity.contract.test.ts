import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TimedClient } from '#shared/contract/client.ts'
import type { EventMessage, NumberedMessage } from '#shared/contract/events.ts'
import { AppError } from '#shared/errors.ts'
import { testTimeLimitMs } from '#test/support/host/test-core.ts'
import { testSecret } from '#test/support/host/test-handlers.ts'
import { type Case, invalid } from './case.ts'
import { scheduleCases } from './schedule-cases.ts'
import { type Way, ways } from './transports.ts'

type AnyCall = (name: string, input: unknown, options?: { timeoutMs?: number }) => Promise<unknown>

/** The value or the error data of a call that the types would not allow. */
async function outcomeOf(client: TimedClient, name: string, input: unknown, options = {}): Promise<unknown> {
  const call = client.call as unknown as AnyCall
  try {
    return { value: await call(name, input, options) }
  } catch (thrown) {
    return thrown instanceof AppError ? { error: thrown.info } : { notAnAppError: String(thrown) }
  }
}

const cycle: Record<string, unknown> = {}
cycle.self = cycle
const nothingDone = 'Nothing was done and nothing has changed.'
const anyTexts = { kind: 'bug', message: expect.any(String), kept: expect.any(String), next: expect.any(String) }
const unknown = { error: expect.objectContaining({ kind: 'bug', code: 'unknown-procedure', kept: nothingDone }) }
const notJson = (path: string, what: string) => ({
  error: { ...anyTexts, code: 'input-not-json', details: { path, what } },
})
const unexpected = (technical: string) => ({ error: { ...anyTexts, code: 'unexpected', details: { technical } } })

const cases: readonly Case[] = [
  {
    what: 'an answer',
    name: 'integrations.count',
    input: { integrationId: 'abc' },
    expected: { value: { readCount: 3, matchCount: 1 } },
  },
  {
    what: 'filled in defaults',
    name: 'runs.records',
    input: { runId: 'r' },
    expected: { value: { records: [], next: 100 } },
  },
  {
    what: 'ugly texts',
    name: 'definitions.export',
    input: {},
    expected: { value: { text: 'Grüße 🚀\n"quoted" \\ \u2028 \u0000' } },
  },
  {
    what: 'nested JSON',
    name: 'definitions.schema',
    input: {},
    expected: { value: { schema: { nested: [1, null, { deep: true }], text: 'a' } } },
  },
  {
    what: 'a text of two million signs',
    name: 'definitions.import',
    input: { text: 'ü'.repeat(2_000_000), fileName: 'ä' },
    expected: { value: { saved: [{ kind: 'connection', id: 'ä', version: 2_000_000, isNew: true }] } },
  },
  {
    what: 'the flag of a remote write',
    name: 'runs.start',
    input: { integrationId: 'i' },
    expected: { value: { runId: 'remote write: true' } },
  },
  {
    what: 'no flag without a remote write',
    name: 'plans.make',
    input: { integrationId: 'i' },
    expected: { value: { planId: 'remote write: false' } },
  },
  ...scheduleCases,
  { what: 'a missing field', name: 'runs.get', input: {}, expected: invalid('runId') },
  { what: 'an empty id', name: 'runs.get', input: { runId: '' }, expected: invalid('runId') },
  { what: 'a field too many', name: 'runs.get', input: { runId: 'a', more: 1 }, expected: invalid('') },
  { what: 'no object', name: 'runs.get', input: 'text', expected: invalid('') },
  { what: 'null', name: 'runs.get', input: null, expected: invalid('') },
  { what: 'a limit too high', name: 'runs.list', input: { limit: 201 }, expected: invalid('limit') },
  { what: 'an unknown name', name: 'runs.explode', input: {}, expected: unknown },
  { what: 'toString', name: 'toString', input: {}, expected: unknown },
  { what: '__proto__', name: '__proto__', input: {}, expected: unknown },
  { what: 'constructor', name: 'constructor', input: {}, expected: unknown },
  {
    what: 'an AppError, without the secret in it',
    name: 'runs.get',
    input: { runId: 'app-error' },
    expected: {
      error: {
        kind: 'conflict',
        code: 'run-is-active',
        message: 'This run is active ([secret]).',
        kept: 'All is kept.',
        next: 'Wait for it, [secret].',
        details: { runs: 2, isActive: true, none: null, '[secret]': 'x[secret]y' },
      },
    },
  },
  {
    what: 'a crash, without the secret in it',
    name: 'runs.get',
    input: { runId: 'crash' },
    expected: unexpected('TypeError: something is undefined near [secret]'),
  },
  { what: 'a thrown text', name: 'runs.get', input: { runId: 'throw-text' }, expected: unexpected('only a text') },
  { what: 'a thrown nothing', name: 'runs.get', input: { runId: 'throw-nothing' }, expected: unexpected('undefined') },
  {
    what: 'a late answer',
    name: 'runs.get',
    input: { runId: 'slow' },
    expected: {
      error: expect.objectContaining({
        kind: 'transient',
        code: 'took-too-long',
        details: { limitMs: testTimeLimitMs },
      }),
    },
  },
  {
    what: 'a bad output',
    name: 'runs.get',
    input: { runId: 'bad-output' },
    expected: { error: { ...anyTexts, code: 'bad-output', details: { path: 'id', problem: expect.any(String) } } },
  },
  {
    what: 'no output',
    name: 'runs.get',
    input: { runId: 'no-output' },
    expected: { error: { ...anyTexts, code: 'bad-output', details: { path: '', problem: expect.any(String) } } },
  },
  {
    what: 'dates and NaN in the output',
    name: 'runs.get',
    input: { runId: 'odd' },
    expected: { error: expect.objectContaining({ code: 'bad-output' }) },
  },
  {
    what: 'more than a megabyte',
    name: 'connections.set-secret',
    input: { connectionId: 'c', field: 'f', value: 'x'.repeat(1_200_000) },
    expected: {
      error: expect.objectContaining({ kind: 'data', code: 'input-too-large', details: { limitBytes: 1_000_000 } }),
    },
  },
  {
    what: 'more than this one takes',
    name: 'definitions.import',
    input: { text: '🚀'.repeat(2_100_000), fileName: 'a' },
    expected: { error: expect.objectContaining({ code: 'input-too-large', details: { limitBytes: 8_000_000 } }) },
  },
  {
    what: 'undefined in the input',
    name: 'runs.list',
    input: { limit: undefined },
    expected: notJson('limit', 'undefined'),
  },
  { what: 'a date in the input', name: 'runs.list', input: { at: [new Date(0)] }, expected: notJson('at[0]', 'Date') },
  { what: 'NaN in the input', name: 'runs.list', input: { limit: Number.NaN }, expected: notJson('limit', 'NaN') },
  { what: 'a BigInt in the input', name: 'runs.list', input: { limit: 1n }, expected: notJson('limit', 'bigint') },
  {
    what: 'an input that contains itself',
    name: 'runs.list',
    input: cycle,
    expected: { error: expect.objectContaining({ code: 'input-not-json' }) },
  },
  {
    what: 'a function in the input',
    name: 'runs.list',
    input: { limit: () => 1 },
    expected: notJson('limit', 'function'),
  },
]

/** No core stops here: a message without a number would be a mistake. */
function gatherNumbered(seen: NumberedMessage[]): (message: EventMessage) => void {
  return (message) => {
    if (message.kind === 'trouble') throw new Error('the core is said to be in trouble')
    seen.push(message)
  }
}

describe('every way to the core', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-test-'))
  const open = new Map<string, Way>()
  beforeAll(async () => {
    for (const [name, make] of Object.entries(ways)) open.set(name, await make(folder))
  })
  afterAll(async () => {
    for (const way of open.values()) await way.close()
    rmSync(folder, { recursive: true })
  })

  for (const { what, name, input, expected } of cases) {
    it(`answers alike: ${what}`, async () => {
      const outcomes = await Promise.all([...open.values()].map(({ client }) => outcomeOf(client, name, input)))
      expect(outcomes[0]).toEqual(expected)
      for (const outcome of outcomes) expect(outcome).toStrictEqual(outcomes[0])
      expect(JSON.stringify(outcomes)).not.toContain(testSecret)
    })
  }

  for (const name of Object.keys(ways)) {
    const way = (): Way => {
      const found = open.get(name)
      if (!found) throw new Error(`no way ${name}`)
      return found
    }

    it(`${name}: a caller that no longer waits gets its own error and the handler is told`, async () => {
      const { client } = way()
      const before = (await client.call('system.status', {})).heldCount
      const outcome = await outcomeOf(client, 'runs.get', { runId: 'slow' }, { timeoutMs: 60 })
      expect(outcome).toEqual({ error: expect.objectContaining({ code: 'no-answer', details: { timeoutMs: 60 } }) })
      // Well before the handler's own limit would abort it.
      await expect
        .poll(async () => (await client.call('system.status', {})).heldCount, { timeout: 250, interval: 20 })
        .toBe(before + 1)
    })

    it(`${name}: many calls at once get each their own answer`, async () => {
      const { client } = way()
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          client.call('integrations.count', { integrationId: 'x'.repeat(index + 1) }),
        ),
      )
      expect(answers.map((answer) => answer.readCount)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
    })

    it(`${name}: a subscriber starts with a resync, gets events in order, and goes on where it was`, async () => {
      const { client, subscribe } = way()
      const seen: NumberedMessage[] = []
      const stop = subscribe(gatherNumbered(seen))
      await expect.poll(() => seen.length).toBe(1)
      for (const id of ['p1', 'p2', 'p3']) await client.call('plans.make', { integrationId: `${name}-${id}` })
      await expect.poll(() => seen.length).toBe(4)
      stop()
      expect(seen.map(({ kind }) => kind)).toEqual(['resync', 'event', 'event', 'event'])
      const [, first, second, third] = seen
      if (!first || !second || !third) throw new Error('fewer events than counted')
      expect([second.seq - first.seq, third.seq - second.seq]).toEqual([1, 1])

      const later: NumberedMessage[] = []
      const stopLater = subscribe(gatherNumbered(later), { boot: first.boot, seq: first.seq })
      await expect.poll(() => later.length).toBe(2)
      stopLater()
      expect(later).toStrictEqual([second, third])

      const other: NumberedMessage[] = []
      const stopOther = subscribe(gatherNumbered(other), { boot: 'another start', seq: first.seq })
      await expect.poll(() => other.length).toBe(1)
      stopOther()
      expect(other[0]).toEqual({ kind: 'resync', boot: first.boot, seq: third.seq })
    })
  }
})
