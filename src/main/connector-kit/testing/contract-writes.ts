/** Checks of writing: values that come back, updates that touch nothing else, batches in order. */
import { strict as assert } from 'node:assert'
import type { Values } from '#shared/model/value.ts'
import {
  assertWritten,
  commandFor,
  freshChange,
  freshDraft,
  makeRecord,
  prepareWrite,
  sendOne,
} from './contract-send.ts'
import type { CheckContext, ObjectCheck } from './contract-types.ts'
import { comparedFields, currentRecord, isSameValue, quietSignal } from './contract-walk.ts'

const createKeepsValues: ObjectCheck = async (context) => {
  const { writes } = context.object.description
  for (const operation of ['create', 'upsert'] as const) {
    if (!writes[operation]) continue
    const values = freshDraft(context)
    const reply = await sendOne(context, prepareWrite(context, { operation, values }))
    assertWritten(reply, `the ${operation}`)
    await assertStands(context, reply.externalId, values)
  }
}

const updateKeepsTheRest: ObjectCheck = async (context) => {
  if (!context.object.description.writes.update) return
  const before = await makeRecord(context)
  const change = freshChange(context)
  const reply = await sendOne(context, prepareWrite(context, commandFor('update', before, change)))
  assertWritten(reply, 'the update')
  assert.equal(reply.externalId, before.externalId)
  await assertStands(context, before.externalId, { ...withoutVersion(context, before.values), ...change })
}

/** Values of the record without what an update moves by itself: only fields a person may write are compared. */
function withoutVersion({ object }: CheckContext, values: Values): Values {
  const readOnly = new Set(object.description.fields.filter((field) => field.readOnly).map((field) => field.name))
  return Object.fromEntries(Object.entries(values).filter(([field]) => !readOnly.has(field)))
}

const staleVersionIsRefused: ObjectCheck = async (context) => {
  if (!context.contract.refusesStaleVersion) return
  const before = await makeRecord(context)
  assert.ok(before.version, 'refusesStaleVersion is claimed, but records carry no version')
  const theirs = freshChange(context)
  assertWritten(await sendOne(context, prepareWrite(context, commandFor('update', before, theirs))), 'the first update')
  const ours = commandFor('update', before, freshChange(context))
  const reply = await sendOne(context, prepareWrite(context, ours))
  assert.equal(reply.status, 'rejected', 'an update that names an old version is refused')
  assert.equal(reply.status === 'rejected' && reply.error.kind, 'conflict', 'and the refusal is a conflict')
  // By this code the engine knows that the record is to be planned anew.
  assert.equal(reply.status === 'rejected' && reply.error.code, 'stale-version', 'and it is called stale-version')
  await assertStands(context, before.externalId, theirs)
}

const batchAnswersInOrder: ObjectCheck = async (context) => {
  const { object } = context
  for (const operation of ['create', 'upsert'] as const) {
    const size = Math.min(object.description.writes[operation]?.batchSize ?? 1, 5)
    if (size < 2) continue
    const drafts = Array.from({ length: size }, () => freshDraft(context))
    const writes = drafts.map((values) => prepareWrite(context, { operation, values }))
    assert.ok(object.send)
    const replies = await object.send(writes, quietSignal())
    assert.equal(replies.length, size, 'a batch gives one reply per write')
    for (const [index, reply] of replies.entries()) {
      assertWritten(reply, `item ${index} of the batch`)
      await assertStands(context, reply.externalId, drafts[index] ?? {})
    }
  }
}

/** The record stands at the service with these values. */
export async function assertStands(context: CheckContext, externalId: string, values: Values): Promise<void> {
  const record = await currentRecord(context, externalId)
  assert.ok(record, `the record ${externalId} is not there`)
  for (const field of comparedFields(context, values)) {
    const [is, expected] = [record.values[field], values[field]]
    const shown = `${JSON.stringify(is)} instead of ${JSON.stringify(expected)}`
    assert.ok(isSameValue(is, expected), `${field} of ${externalId} is ${shown}`)
  }
}

export const writeChecks: Readonly<Record<string, ObjectCheck>> = {
  'keeps the values it was given on create': createKeepsValues,
  'leaves the other fields alone on update': updateKeepsTheRest,
  'refuses an update of a version that has passed': staleVersionIsRefused,
  'answers a batch item by item, in order': batchAnswersInOrder,
}
