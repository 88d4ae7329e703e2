/** Sending one write in tests, the way the engine does it: prepare once, send the exact text. */
import { strict as assert } from 'node:assert'
import { randomUUID } from 'node:crypto'
import type { PreparedWrite, RemoteRecord, WriteCommand, WriteReply } from '#shared/model/connected.ts'
import type { WriteOperation } from '#shared/model/object.ts'
import type { Values } from '#shared/model/value.ts'
import type { CheckContext } from './contract-types.ts'
import { currentRecord, quietSignal } from './contract-walk.ts'

export type Written = Extract<WriteReply, { status: 'written' }>

/** Prepares a write under a fresh idempotency key. Fails where preparing twice gives two texts or shows a secret. */
export function prepareWrite({ object, options }: CheckContext, command: WriteCommand): PreparedWrite {
  assert.ok(object.prepare, 'writes are declared but prepare is missing')
  const request = object.prepare(command)
  assert.equal(object.prepare(command), request, 'preparing the same write twice gives two different texts')
  for (const secret of options.secrets ?? []) {
    assert.ok(!request.includes(secret), 'a prepared write carries a secret: it would be stored in the journal')
  }
  return { operation: command.operation, request, idempotencyKey: `contract-${randomUUID()}` }
}

export async function sendOne({ object }: CheckContext, write: PreparedWrite): Promise<WriteReply> {
  assert.ok(object.send, 'writes are declared but send is missing')
  const replies = await object.send([write], quietSignal())
  assert.equal(replies.length, 1, 'send gives one reply per write')
  const [reply] = replies
  assert.ok(reply)
  return reply
}

export function assertWritten(reply: WriteReply, what: string): asserts reply is Written {
  const why = reply.status === 'written' ? '' : `${reply.error.code}: ${reply.error.message}`
  assert.equal(reply.status, 'written', `${what} is ${reply.status}, not written. ${why}`)
  assert.ok(reply.status === 'written' && reply.externalId !== '', `${what} names no id`)
}

/** A draft no other check has used. Fails where the test gives none for a declared operation. */
export function freshDraft({ contract, nextNumber }: CheckContext): Values {
  assert.ok(contract.draft, `${contract.name} declares writes: give the suite a draft, or its class stays unproven`)
  return contract.draft(nextNumber())
}

export function freshChange({ contract, nextNumber }: CheckContext): Values {
  assert.ok(contract.change, `${contract.name} declares update: give the suite a change, or its class stays unproven`)
  return contract.change(nextNumber())
}

/** A new record to update or delete; made by create, otherwise by upsert. */
export async function makeRecord(context: CheckContext): Promise<RemoteRecord> {
  const { writes } = context.object.description
  const operation: WriteOperation | undefined = writes.create ? 'create' : writes.upsert ? 'upsert' : undefined
  assert.ok(operation, 'update or delete without create or upsert cannot be exercised on a record of our own')
  const write = prepareWrite(context, { operation, values: freshDraft(context) })
  const reply = await sendOne(context, write)
  assertWritten(reply, `the ${operation} of a test record`)
  const record = await currentRecord(context, reply.externalId)
  assert.ok(record, `the record ${reply.externalId} just made cannot be read back`)
  return record
}

/** The command for a record as the engine would make it: its version included where it has one. */
export function commandFor(operation: WriteOperation, record: RemoteRecord, values: Values): WriteCommand {
  const version = record.version === undefined ? {} : { version: record.version }
  return { operation, externalId: record.externalId, values, ...version }
}
