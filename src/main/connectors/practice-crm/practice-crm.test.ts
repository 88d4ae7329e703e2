import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type {
  ConnectedObject,
  OpenConnection,
  PreparedWrite,
  WriteCommand,
  WriteReply,
} from '#shared/model/connected.ts'
import type { Values } from '#shared/model/value.ts'
import type { PracticeProcess } from '../../connector-kit/testing/practice-process.ts'
import { openCrm, startCrm } from './testing/crm-process.ts'

const signal = new AbortController().signal
let crm: PracticeProcess
let connection: OpenConnection
let contact: ConnectedObject
let keyNumber = 0

beforeAll(async () => {
  crm = await startCrm()
  connection = await openCrm(crm)
  contact = await connection.object('contact', signal)
})
afterEach(() => crm.setFaults({}))
afterAll(async () => {
  await connection.close()
  await crm.stop()
})

function prepared(object: ConnectedObject, command: WriteCommand): PreparedWrite {
  keyNumber += 1
  return { operation: command.operation, request: object.prepare?.(command) ?? '', idempotencyKey: `test-${keyNumber}` }
}

const createOf = (values: Values, object = contact): PreparedWrite => prepared(object, { operation: 'create', values })

async function send(...writes: PreparedWrite[]): Promise<readonly WriteReply[]> {
  return (await contact.send?.(writes, signal)) ?? []
}

async function sendOne(write: PreparedWrite): Promise<WriteReply> {
  const [reply] = await send(write)
  if (!reply) throw new Error('no reply')
  return reply
}

async function writtenId(write: PreparedWrite): Promise<string> {
  const reply = await sendOne(write)
  if (reply.status !== 'written') throw new Error(`not written: ${JSON.stringify(reply)}`)
  return reply.externalId
}

async function createsOf(externalId: string): Promise<number> {
  // The write log of the service: an object with `data`.
  const log = (await crm.inspect('/_writes?limit=10000')) as { data: { id: string; operation: string }[] }
  return log.data.filter((entry) => entry.id === externalId && entry.operation === 'create').length
}

describe('what the service refuses', () => {
  test('a taken address is a conflict that names the record which has it', async () => {
    const holder = await writtenId(createOf({ email: 'Taken@example.com' }))
    const reply = await sendOne(createOf({ email: 'taken@example.com' }))
    expect(reply).toMatchObject({
      status: 'rejected',
      field: 'email',
      error: { kind: 'conflict', code: 'already-exists', details: { conflictingId: holder } },
    })
  })

  test('an old version is a conflict that names the current one', async () => {
    const externalId = await writtenId(createOf({ last_name: 'Stale' }))
    const change = (city: string): PreparedWrite =>
      prepared(contact, { operation: 'update', externalId, version: '1', values: { city } })
    expect((await sendOne(change('Köln'))).status).toBe('written')
    expect(await sendOne(change('Bonn'))).toMatchObject({
      status: 'rejected',
      error: { kind: 'conflict', code: 'stale-version', details: { currentVersion: 2 } },
    })
  })

  test('a bad value is a data error that names the field, as Patchbay calls it', async () => {
    expect(await sendOne(createOf({ email: 'kein@mail' }))).toMatchObject({
      status: 'rejected',
      field: 'email',
      error: { kind: 'data', code: 'not-accepted' },
    })
    const reply = await sendOne(createOf({ last_name: 'Money', total_spent: { amountMinor: 1, currency: 'euro' } }))
    expect(reply).toMatchObject({ status: 'rejected', field: 'total_spent' })
  })

  test('changing what is gone is a conflict, deleting it has reached its goal', async () => {
    const externalId = await writtenId(createOf({ last_name: 'Gone' }))
    const erase = prepared(contact, { operation: 'delete', externalId, values: {} })
    expect(await sendOne(erase)).toEqual({ status: 'written', externalId })
    expect(await sendOne(erase)).toEqual({ status: 'written', externalId })
    const change = prepared(contact, { operation: 'update', externalId, values: { city: 'Ulm' } })
    expect(await sendOne(change)).toMatchObject({ status: 'rejected', error: { kind: 'conflict' } })
    expect(await contact.get?.(externalId, signal)).toBeNull()
  })
})

describe('a batch of creates', () => {
  test('gives each record its own reply, in order, whatever became of the others', async () => {
    const replies = await send(
      createOf({ email: 'batch-a@example.com' }),
      createOf({ email: 'broken' }),
      createOf({ email: 'BATCH-A@example.com' }),
      createOf({ email: 'batch-b@example.com' }),
    )
    expect(replies.map((reply) => reply.status)).toEqual(['written', 'rejected', 'rejected', 'written'])
    expect(replies[1]).toMatchObject({ field: 'email', error: { kind: 'data' } })
    expect(replies[2]).toMatchObject({ error: { code: 'already-exists' } })
  })

  test('that is too large for one request is sent in several', async () => {
    const notes = 'é'.repeat(10_000)
    const replies = await send(...Array.from({ length: 100 }, (_, n) => createOf({ last_name: `Long ${n}`, notes })))
    expect(replies.filter((reply) => reply.status === 'written')).toHaveLength(100)
  })

  test('whose answer is lost is uncertain item by item, and sent again makes no second record', async () => {
    const writes = Array.from({ length: 20 }, (_, n) => createOf({ external_ref: `lost-${n}`, last_name: 'Lost' }))
    await crm.setFaults({ loseResponseRate: 1 })
    expect((await send(...writes)).map((reply) => reply.status)).toEqual(Array(20).fill('uncertain'))
    await crm.setFaults({})
    const replies = await send(...writes)
    expect(replies.map((reply) => reply.status)).toEqual(Array(20).fill('written'))
    const found = await contact.find?.(
      'external_ref',
      Array.from({ length: 20 }, (_, n) => `lost-${n}`),
      signal,
    )
    expect(found?.map((record) => record.externalId).sort()).toEqual(
      replies.map((reply) => (reply.status === 'written' ? reply.externalId : '')).sort(),
    )
  })

  test('with another key makes a second record: the test above can fail', async () => {
    const again = (): PreparedWrite => createOf({ external_ref: 'twice', last_name: 'Twice' })
    await send(again(), again())
    expect(await contact.find?.('external_ref', ['twice'], signal)).toHaveLength(2)
  })
})

describe('an uncertain write', () => {
  test.each([
    ['answered with 502 after the commit', { error5xxAfterCommitRate: 1 }],
    ['answered with half a body', { cutBodyRate: 1 }],
  ])('%s is created once', async (_what, faults) => {
    const write = createOf({ last_name: 'Once' })
    await crm.setFaults(faults)
    expect((await sendOne(write)).status).toBe('uncertain')
    await crm.setFaults({})
    expect(await createsOf(await writtenId(write))).toBe(1)
  })

  test('that the service still works on is uncertain, not refused', async () => {
    const write = createOf({ email: 'slow@example.com' })
    await crm.setFaults({ commitDelayMs: 200 })
    const [first, second] = await Promise.all([sendOne(write), sendOne(write)])
    expect([first.status, second.status].sort()).toEqual(['uncertain', 'written'])
    expect(await sendOne(write)).toMatchObject({ status: 'written' })
  })

  test('of a service that was killed after the commit is created once', async () => {
    const write = createOf({ email: 'killed@example.com' })
    await crm.setFaults({ crashAfterWrites: 1 })
    expect((await sendOne(write)).status).toBe('uncertain')
    await crm.killAndRestart()
    expect(await createsOf(await writtenId(write))).toBe(1)
  })
})

describe('a write that was not processed', () => {
  test('is certain not to have been: 429 with its wait, a wrong token, nobody listening', async () => {
    await crm.setFaults({ throttleEvery: 1 })
    const limited = await openCrm(crm)
    const object = await limited.object('contact', signal)
    const [reply] = (await object.send?.([createOf({ last_name: 'Limited' })], signal)) ?? []
    expect(reply).toMatchObject({ status: 'not-sent', retryAfterMs: expect.any(Number) })
    await limited.close()
    const settings = [
      { port: crm.port, token: 'pcrm_wrong' },
      { port: 9, token: crm.token },
    ]
    for (const setting of settings) {
      const other = await openCrm(setting)
      const [refused] =
        (await (await other.object('contact', signal)).send?.([createOf({ last_name: 'X' })], signal)) ?? []
      expect(refused?.status).toBe('not-sent')
      await other.close()
    }
  })
})

describe('reading and finding', () => {
  test('finds many addresses at once, whatever their case, and skips what cannot be one', async () => {
    const emails = Array.from({ length: 60 }, (_, n) => `find${n}@example.com`)
    await send(...emails.map((email) => createOf({ email })))
    const found = await contact.find?.(
      'email',
      [...emails.map((email) => ` ${email.toUpperCase()}`), '', 'a,b'],
      signal,
    )
    expect(found?.map((record) => record.values.email).sort()).toEqual([...emails].sort())
    await expect(contact.find?.('city', ['Köln'], signal)).rejects.toMatchObject({
      info: { kind: 'config', code: 'not-a-key' },
    })
  })

  test('tells total and the service clock, and says who we are', async () => {
    for await (const page of contact.read?.({ pageSize: 3, signal }) ?? []) {
      expect(page.total).toBeGreaterThan(3)
      expect(Math.abs(Date.parse(page.serverTime ?? '') - Date.now())).toBeLessThan(60_000)
      break
    }
    expect((await connection.test(signal)).account).toBe('Practice CRM')
  })
})

describe('a write that cannot be', () => {
  test.each([
    ['an unknown field', { surname: 'x' }],
    ['a field the service sets', { updated_at: '2026-01-01T00:00:00.000Z' }],
    ['money that is not whole cents', { total_spent: { amountMinor: 1.5, currency: 'EUR' } }],
    ['money that is a text', { total_spent: '12.50' }],
  ])('%s is refused before it is sent', (_what, values) => {
    expect(() => contact.prepare?.({ operation: 'create', values })).toThrow(AppError)
  })

  test('an operation the object does not offer is a bug', () => {
    expect(() => contact.prepare?.({ operation: 'upsert', values: {} })).toThrow(/cannot be written this way/)
    expect(() => contact.prepare?.({ operation: 'update', values: {} })).toThrow(/cannot be written this way/)
  })
})
