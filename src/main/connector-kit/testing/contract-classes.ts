/**
 * Checks of the declared write class. The engine resolves an uncertain write by this class alone, so a class that
 * is claimed and not kept makes duplicates; nothing here is believed that was not tried.
 */
import { strict as assert } from 'node:assert'
import { setTimeout as pause } from 'node:timers/promises'
import type { PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import type { WriteClass, WriteFacility } from '#shared/model/object.ts'
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
import { currentRecord, quietSignal, recordsWith } from './contract-walk.ts'
import { assertStands } from './contract-writes.ts'

type Creating = 'create' | 'upsert'
type ClassCheck = (context: CheckContext, operation: Creating, facility: WriteFacility) => Promise<void>

const sameKeyTwice: ClassCheck = async (context, operation) => {
  const values = freshDraft(context)
  const write = prepareWrite(context, { operation, values })
  const first = await sendOne(context, write)
  assertWritten(first, `the ${operation}`)
  const second = await sendOne(context, write)
  assertWritten(second, `the same ${operation} sent again under the same key`)
  assert.equal(second.externalId, first.externalId, 'the same key sent twice gives two ids')
  await assertOneRecord(context, values, 'the same key sent twice')
  await assertOneAfterLostAnswer(context, operation)
}

const sameValuesTwice: ClassCheck = async (context, operation) => {
  const values = freshDraft(context)
  const first = await sendOne(context, prepareWrite(context, { operation, values }))
  assertWritten(first, `the ${operation}`)
  const second = await sendOne(context, prepareWrite(context, { operation, values }))
  assertSameOrRefused(second, first.externalId)
  await assertOneRecord(context, values, `the same ${operation} sent twice`)
  await assertOneAfterLostAnswer(context, operation)
}

function assertSameOrRefused(reply: WriteReply, externalId: string): void {
  if (reply.status === 'rejected') {
    const kinds = ['conflict', 'data']
    assert.ok(kinds.includes(reply.error.kind), `a second record is refused as ${reply.error.kind}, not as a conflict`)
    return
  }
  assertWritten(reply, 'the second write of the same record')
  assert.equal(reply.externalId, externalId, 'the second write of the same record made another one')
}

const isFoundAfterwards: ClassCheck = async (context, operation, facility) => {
  const values = freshDraft(context)
  const write = prepareWrite(context, { operation, values })
  if (context.options.faults) assertUncertain(await sendLosingAnswer(context, write))
  else assertWritten(await sendOne(context, write), `the ${operation}`)
  if (facility.settleMs) await pause(Math.min(facility.settleMs, 1000))
  const tries = facility.class === 'S' ? 10 : 1
  const hits = await findRepeatedly(context, facility, { values, tries })
  assert.equal(hits, 1, `find by ${facility.findBy} gives ${hits} records after an unanswered ${operation}, not 1`)
}

async function findRepeatedly(
  { object, options }: CheckContext,
  facility: WriteFacility,
  { values, tries }: { readonly values: Values; readonly tries: number },
): Promise<number> {
  const field = facility.findBy
  assert.ok(object.find && field, `class ${facility.class} needs find and findBy`)
  const value = values[field]
  assert.ok(value !== undefined && value !== null, `the draft has no ${field}, by which a create is looked up`)
  for (let left = tries; ; left -= 1) {
    const hits = await object.find(field, [String(value)], quietSignal())
    if (hits.length > 0 || left <= 1) return hits.length
    await pause((options.indexLagMs ?? 2000) / tries)
  }
}

const refused: ClassCheck = async (_context, operation, facility) => {
  assert.fail(`${operation} cannot be of class ${facility.class}`)
}

const nothingToProve: ClassCheck = async (context, operation) => {
  assertWritten(
    await sendOne(context, prepareWrite(context, { operation, values: freshDraft(context) })),
    `the ${operation}`,
  )
}

const creatingChecks: { readonly [C in WriteClass]: ClassCheck } = {
  K: sameKeyTwice,
  U: sameValuesTwice,
  C: refused,
  F: isFoundAfterwards,
  S: isFoundAfterwards,
  N: nothingToProve,
}

async function assertOneAfterLostAnswer(context: CheckContext, operation: Creating): Promise<void> {
  if (!context.options.faults) return
  const values = freshDraft(context)
  const write = prepareWrite(context, { operation, values })
  assertUncertain(await sendLosingAnswer(context, write))
  await sendOne(context, write)
  await assertOneRecord(context, values, `an unanswered ${operation} that is sent again`)
}

async function sendLosingAnswer(context: CheckContext, write: PreparedWrite): Promise<WriteReply> {
  await context.options.faults?.set({ kind: 'lose-answer' })
  try {
    return await sendOne(context, write)
  } finally {
    await context.options.faults?.clear()
  }
}

function assertUncertain(reply: WriteReply): void {
  assert.equal(reply.status, 'uncertain', `a write whose answer is lost is ${reply.status}, not uncertain`)
}

async function assertOneRecord(context: CheckContext, values: Values, what: string): Promise<void> {
  const { length } = await recordsWith(context, values)
  assert.equal(length, 1, `${what} leaves ${length} records, not 1`)
}

const creatingKeepsItsClass: ObjectCheck = async (context) => {
  for (const operation of ['create', 'upsert'] as const) {
    const facility = context.object.description.writes[operation]
    if (facility) await creatingChecks[facility.class](context, operation, facility)
  }
}

/** Whatever the class: the same update of absolute values, sent again, must not change the record further. */
const repeatedUpdateIsHarmless: ObjectCheck = async (context) => {
  const facility = context.object.description.writes.update
  if (!facility || facility.class === 'N') return
  const record = await makeRecord(context)
  const change = freshChange(context)
  const write = prepareWrite(context, commandFor('update', record, change))
  assertWritten(await sendOne(context, write), 'the update')
  const again = await sendOne(context, write)
  if (again.status === 'rejected') assert.equal(again.error.kind, 'conflict', 'a repeated update is refused')
  else assertWritten(again, 'the repeated update')
  await assertStands(context, record.externalId, change)
}

const repeatedDeleteIsHarmless: ObjectCheck = async (context) => {
  if (!context.object.description.writes.delete) return
  const record = await makeRecord(context)
  const write = prepareWrite(context, commandFor('delete', record, {}))
  assertWritten(await sendOne(context, write), 'the delete')
  assert.equal(await currentRecord(context, record.externalId), null, 'a deleted record is still there')
  const again = await sendOne(context, write)
  assert.ok(['written', 'rejected'].includes(again.status), `a repeated delete is ${again.status}`)
}

export const classChecks: Readonly<Record<string, ObjectCheck>> = {
  'keeps the write class it declares for new records': creatingKeepsItsClass,
  'makes no difference when an update is repeated': repeatedUpdateIsHarmless,
  'makes no difference when a delete is repeated': repeatedDeleteIsHarmless,
}
