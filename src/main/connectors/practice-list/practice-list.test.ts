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
import { practiceListConfig } from './settings.ts'
import { openList, startList } from './testing/list-process.ts'
import { remoteSubscriber } from './wire-subscriber.ts'

const signal = new AbortController().signal
let list: PracticeProcess
let connection: OpenConnection
let subscriber: ConnectedObject

beforeAll(async () => {
  list = await startList()
  connection = await openList(list)
  subscriber = await connection.object('subscriber', signal)
})
afterEach(() => list.setFaults({}))
afterAll(async () => {
  await connection.close()
  await list.stop()
})

function prepared(command: WriteCommand): PreparedWrite {
  return { operation: command.operation, request: subscriber.prepare?.(command) ?? '', idempotencyKey: 'ignored' }
}

const create = (values: Values): PreparedWrite => prepared({ operation: 'create', values })
const update = (externalId: string, values: Values): PreparedWrite =>
  prepared({ operation: 'update', externalId, values })
const remove = (externalId: string): PreparedWrite => prepared({ operation: 'delete', externalId, values: {} })

async function send(...writes: PreparedWrite[]): Promise<readonly WriteReply[]> {
  return (await subscriber.send?.(writes, signal)) ?? []
}

async function sendOne(write: PreparedWrite): Promise<WriteReply> {
  const [reply] = await send(write)
  if (!reply) throw new Error('no reply')
  return reply
}

const statusOf = async (email: string) => (await subscriber.get?.(email, signal))?.values.status

describe('who has unsubscribed', () => {
  const refused = { status: 'rejected', field: 'status', error: { kind: 'conflict', code: 'unsubscribed' } }

  test('stays so: one by one, in a batch, and after a deletion', async () => {
    const email = 'never@example.com'
    await sendOne(create({ email, status: 'unsubscribed' }))
    expect(await sendOne(update(email, { status: 'subscribed' }))).toMatchObject(refused)
    expect(await sendOne(create({ email, status: 'subscribed' }))).toMatchObject(refused)
    const batch = await send(create({ email: 'other@example.com' }), create({ email, status: 'subscribed' }))
    expect(batch).toMatchObject([{ status: 'written' }, refused])
    expect(await statusOf(email)).toBe('unsubscribed')
    expect((await sendOne(remove(email))).status).toBe('written')
    expect(await sendOne(create({ email, first_name: 'Anew' }))).toMatchObject(refused)
    expect(await subscriber.get?.(email, signal)).toBeNull()
  })

  test('may still be changed otherwise, and unsubscribed once more', async () => {
    const email = 'quiet@example.com'
    await sendOne(create({ email, status: 'unsubscribed' }))
    expect((await sendOne(update(email, { first_name: 'Vera' }))).status).toBe('written')
    expect((await sendOne(update(email, { status: 'unsubscribed' }))).status).toBe('written')
    expect((await subscriber.get?.(email, signal))?.values.unsubscribed_at).toMatch(/T\d\d:\d\d:\d\dZ$/)
  })

  test('is told from who subscribed: that one can unsubscribe, so the tests above can fail', async () => {
    const email = 'leaving@example.com'
    await sendOne(create({ email }))
    expect((await sendOne(update(email, { status: 'unsubscribed' }))).status).toBe('written')
    expect(await statusOf(email)).toBe('unsubscribed')
  })
})

describe('a batch of new subscribers', () => {
  test('gives each its own reply, in order, whatever became of the others', async () => {
    const replies = await send(
      create({ email: 'Batch-A@example.com', tags: ['b', 'a', 'b'] }),
      create({ email: 'kein@mail' }),
      create({ email: 'batch-a@EXAMPLE.com', last_name: 'Merged' }),
      create({ email: 'batch-b@example.com', country: 'Germany' }),
    )
    expect(replies).toMatchObject([
      { status: 'written', externalId: 'batch-a@example.com', values: { tags: ['a', 'b'] } },
      { status: 'rejected', field: 'email', error: { kind: 'data', code: 'not-accepted' } },
      { status: 'written', externalId: 'batch-a@example.com', values: { last_name: 'Merged', tags: ['a', 'b'] } },
      { status: 'rejected', field: 'country', error: { kind: 'data' } },
    ])
  })

  test('that is too large for one request is sent in several', async () => {
    const tags = Array.from({ length: 50 }, (_, n) => `${n}`.padEnd(60, 'é'))
    const writes = Array.from({ length: 250 }, (_, n) => create({ email: `long${n}@example.com`, tags }))
    const replies = await send(...writes)
    expect(replies.filter((reply) => reply.status === 'written')).toHaveLength(250)
  })

  test.each([
    ['lost', { loseResponseRate: 1 }],
    ['cut in half', { cutBodyRate: 1 }],
    ['a 502 after the commit', { error5xxAfterCommitRate: 1 }],
  ])(
    'whose answer is %s is uncertain item by item, and sent again makes nobody a second time',
    async (what, faults) => {
      const emails = Array.from({ length: 20 }, (_, n) => `${what.replaceAll(' ', '-')}-${n}@example.com`)
      const writes = emails.map((email) => create({ email, first_name: 'Once' }))
      await list.setFaults(faults)
      expect((await send(...writes)).map((reply) => reply.status)).toEqual(Array(20).fill('uncertain'))
      await list.setFaults({})
      expect((await send(...writes)).map((reply) => reply.status)).toEqual(Array(20).fill('written'))
      expect(await subscriber.find?.('email', emails, signal)).toHaveLength(20)
      // The write log of the service: an object with `data`.
      const log = (await list.inspect('/_writes?limit=10000')) as { data: { id: string; operation: string }[] }
      const mine = log.data.filter((entry) => emails.includes(entry.id))
      expect(mine.filter((entry) => entry.operation === 'create')).toHaveLength(20)
      expect(mine.filter((entry) => entry.operation === 'unchanged')).toHaveLength(20)
    },
  )

  test('of a service that was killed after the commit makes nobody a second time', async () => {
    const write = create({ email: 'killed@example.com' })
    await list.setFaults({ crashAfterWrites: 1 })
    expect((await sendOne(write)).status).toBe('uncertain')
    await list.killAndRestart()
    expect(await sendOne(write)).toMatchObject({ status: 'written', externalId: 'killed@example.com' })
  })
})

describe('a change', () => {
  test('of somebody who was deleted meanwhile is a conflict, and subscribes nobody', async () => {
    const email = 'deleted@example.com'
    await sendOne(create({ email }))
    expect(await sendOne(remove(email))).toEqual({ status: 'written', externalId: email })
    expect(await sendOne(remove(email))).toEqual({ status: 'written', externalId: email })
    expect(await sendOne(update(email, { first_name: 'X' }))).toMatchObject({
      status: 'rejected',
      error: { kind: 'conflict', code: 'practice-list-record-gone' },
    })
    expect(await subscriber.get?.(email, signal)).toBeNull()
  })

  test('may name the address in other letters, not another address', async () => {
    await sendOne(create({ email: 'letters@example.com' }))
    expect((await sendOne(update('letters@example.com', { email: 'LETTERS@example.com' }))).status).toBe('written')
    expect(() => update('letters@example.com', { email: 'new@example.com' })).toThrow(/who a subscriber is/)
  })
})

describe('a write that cannot be', () => {
  test.each([
    ['an unknown field', { email: 'a@example.com', surname: 'x' }],
    ['a field the service sets', { email: 'a@example.com', updated_at: '2026-01-01T00:00:00Z' }],
    ['nobody', { first_name: 'x' }],
    ['an empty address', { email: ' ' }],
  ])('%s is refused before it is sent', (_what, values) => {
    expect(() => create(values)).toThrow(AppError)
  })

  test('is certain not to have been processed when the service asks to slow down', async () => {
    await list.setFaults({ throttleEvery: 1 })
    const limited = await openList(list)
    const object = await limited.object('subscriber', signal)
    const [reply] = (await object.send?.([create({ email: 'limited@example.com' })], signal)) ?? []
    expect(reply).toMatchObject({ status: 'not-sent', retryAfterMs: expect.any(Number) })
    await limited.close()
  })
})

describe('reading and finding', () => {
  test('finds many addresses at once, whatever their case, and skips what cannot be one', async () => {
    const emails = Array.from({ length: 60 }, (_, n) => `find${n}@example.com`)
    await send(...emails.map((email) => create({ email })))
    const asked = [...emails.map((email) => ` ${email.toUpperCase()}`), '', 'a,b', 'no address']
    const found = await subscriber.find?.('email', asked, signal)
    expect(found?.map((record) => record.externalId).sort()).toEqual([...emails].sort())
    await expect(subscriber.find?.('company', ['x'], signal)).rejects.toMatchObject({ info: { code: 'not-a-key' } })
  })

  test('tells the total and who we are', async () => {
    for await (const page of subscriber.read?.({ pageSize: 3, signal }) ?? []) {
      expect(page.total).toBeGreaterThan(3)
      break
    }
    expect((await connection.test(signal)).account).toBe('Practice list')
  })

  test('parks a subscriber whose field has an odd form, and refuses what is none', () => {
    const record = remoteSubscriber({ email: 'a@example.com', status: 'subscribed', tags: 'x', country: 7 })
    expect(record.issues?.map((issue) => issue.field)).toEqual(['country', 'tags'])
    expect(() => remoteSubscriber({ status: 'subscribed' })).toThrow(/not a subscriber/)
  })

  test('happens on this computer only', () => {
    expect(practiceListConfig.parse({ baseUrl: 'http://127.0.0.1:4010/' }).baseUrl).toBe('http://127.0.0.1:4010/v1')
    expect(practiceListConfig.safeParse({ baseUrl: 'https://list.example.com/v1' }).success).toBe(false)
  })
})
