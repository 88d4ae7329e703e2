import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningService } from '../kit/run-service.ts'
import { startCrmService } from './crm-service.ts'

const folder = mkdtempSync(join(tmpdir(), 'practice-crm-property-'))
let service: RunningService
let round = 0
beforeAll(async () => {
  service = await startCrmService({ dataFolder: folder, port: 0, now: Date.now, requestsPerSecond: 0 })
})
afterAll(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly body: { readonly id: string; readonly version: number; readonly [field: string]: unknown }
}

async function call(
  method: string,
  path: string,
  options: { json?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json', ...options.headers }
  const body = options.json === undefined ? null : JSON.stringify(options.json)
  const answer = await fetch(`http://127.0.0.1:${service.port}/v1${path}`, { method, headers, body })
  const text = await answer.text()
  // A property compares what it needs; 204 has no body.
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) } as Answer
}

test('any text comes back as it was sent, without the white space around it', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((value) => !value.includes('\u0000'))
  await fc.assert(
    fc.asyncProperty(text, async (notes) => {
      const { status, body } = await call('POST', '/contacts', { json: { last_name: 'Text', notes } })
      expect(status).toBe(201)
      expect((await call('GET', `/contacts/${body.id}`)).body.notes).toBe(notes.trim() === '' ? null : notes.trim())
    }),
    { seed: 4, numRuns: 100 },
  )
})

type Step =
  | { readonly kind: 'create'; readonly who: number; readonly key: number }
  | { readonly kind: 'rename'; readonly who: number; readonly to: number; readonly isStale: boolean }
  | { readonly kind: 'archive'; readonly who: number }

const person = fc.integer({ min: 0, max: 4 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), who: person, key: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ kind: fc.constant('rename' as const), who: person, to: person, isStale: fc.boolean() }),
  fc.record({ kind: fc.constant('archive' as const), who: person }),
)

interface Held {
  readonly id: string
  version: number
}

/** What a CRM with unique addresses, versions and idempotency keys must answer, in a few lines of memory. */
class Model {
  readonly byPerson = new Map<number, Held>()
  readonly keys = new Map<number, { readonly who: number; readonly id: string }>()

  expectedCreate({ who, key }: { who: number; key: number }): number {
    const used = this.keys.get(key)
    if (used) return used.who === who ? 201 : 422
    return this.byPerson.has(who) ? 409 : 201
  }
}

async function take(model: Model, prefix: string, one: Step): Promise<void> {
  const email = (who: number): string => `${prefix}-${who}@example.com`
  const held = model.byPerson.get(one.who)
  if (one.kind === 'create') {
    const expected = model.expectedCreate(one)
    const headers = { 'idempotency-key': `${prefix}-${one.key}` }
    const { status, body } = await call('POST', '/contacts', { json: { email: email(one.who) }, headers })
    expect(status).toBe(expected)
    if (status !== 201) return
    const replayed = model.keys.get(one.key)
    if (replayed) expect(body.id).toBe(replayed.id)
    else {
      model.keys.set(one.key, { who: one.who, id: body.id })
      model.byPerson.set(one.who, { id: body.id, version: 1 })
    }
  } else if (held && one.kind === 'rename') {
    const headers = { 'if-match': `"${one.isStale ? held.version + 1 : held.version}"` }
    const { status, body } = await call('PATCH', `/contacts/${held.id}`, { json: { email: email(one.to) }, headers })
    const isTaken = one.to !== one.who && model.byPerson.has(one.to)
    expect(status).toBe(one.isStale ? 412 : isTaken ? 409 : 200)
    if (status !== 200) return
    model.byPerson.delete(one.who)
    model.byPerson.set(one.to, { id: held.id, version: body.version })
    expect(body.version).toBe(one.to === one.who ? held.version : held.version + 1)
  } else if (held) {
    expect((await call('DELETE', `/contacts/${held.id}`)).status).toBe(204)
    model.byPerson.delete(one.who)
  }
}

test('any sequence of creates, replays, changes and archivings ends as the model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      round += 1
      const prefix = `round${round}`
      const model = new Model()
      for (const one of steps) await take(model, prefix, one)
      for (const who of [0, 1, 2, 3, 4]) {
        // A search answers a list of records.
        const { body } = (await call('GET', `/contacts?email=${prefix}-${who}@example.com`)) as unknown as {
          body: { data: Held[] }
        }
        const held = model.byPerson.get(who)
        expect(body.data.map(({ id, version }) => ({ id, version }))).toEqual(
          held ? [{ id: held.id, version: held.version }] : [],
        )
      }
    }),
    { seed: 11, numRuns: 60 },
  )
})
