/** Checks of reading: declared fields, stable unique ids, walks that end and resume, get and find that agree. */
import { strict as assert } from 'node:assert'
import { AppError } from '#shared/errors.ts'
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { FieldDescription, FieldType } from '#shared/model/object.ts'
import { isMoney, type Value } from '#shared/model/value.ts'
import type { CheckContext, ObjectCheck } from './contract-types.ts'
import { isSameValue, quietSignal, walk } from './contract-walk.ts'

const fits: { readonly [T in FieldType]: (value: Value) => boolean } = {
  text: (value) => typeof value === 'string',
  email: (value) => typeof value === 'string',
  phone: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' || (typeof value === 'string' && /^-?\d{16,}$/.test(value)),
  decimal: (value) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value),
  boolean: (value) => typeof value === 'boolean',
  date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
  instant: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value),
  money: (value) => isMoney(value),
  list: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && !Array.isArray(value),
  any: () => true,
}

const isDescribed: ObjectCheck = async ({ connection, contract, object }) => {
  const described = (await connection.describe(quietSignal())).find((one) => one.name === contract.name)
  assert.ok(described, `describe() does not list ${contract.name}`)
  assert.equal(object.description.name, contract.name)
  const names = object.description.fields.map((field) => field.name)
  assert.equal(new Set(names).size, names.length, 'a field is declared twice')
  assert.ok(names.includes(object.description.idField), `the id field ${object.description.idField} is not declared`)
  for (const key of object.description.keys) assert.ok(names.includes(key), `the key ${key} is not a declared field`)
}

const capabilitiesAreWhatIsPresent: ObjectCheck = async ({ object }) => {
  const { writes, keys } = object.description
  const isWritable = Object.keys(writes).length > 0
  assert.equal(object.prepare !== undefined, isWritable, 'prepare exists exactly where writes are declared')
  assert.equal(object.send !== undefined, isWritable, 'send exists exactly where writes are declared')
  assert.equal(object.find !== undefined, keys.length > 0, 'find exists exactly where keys are declared')
  for (const facility of Object.values(writes)) {
    if (facility.class !== 'F' && facility.class !== 'S') continue
    assert.ok(facility.findBy, `class ${facility.class} names the field it is found by`)
    assert.ok(keys.includes(facility.findBy), `findBy ${facility.findBy} is one of the keys`)
  }
}

const fieldsMatch: ObjectCheck = async (context) => {
  const { contract, object } = context
  const { records } = await walk(context)
  const wanted = contract.minRecords ?? 1
  assert.ok(records.length >= wanted, `${contract.name} gives ${records.length} records, at least ${wanted} expected`)
  const fields = new Map(object.description.fields.map((field) => [field.name, field]))
  for (const record of records) checkRecord(record, fields, contract.allowsUndeclared ?? false)
  const seen = new Set(records.flatMap((record) => Object.keys(record.values)))
  const rare = new Set(contract.rareFields ?? [])
  for (const name of fields.keys()) {
    assert.ok(seen.has(name) || rare.has(name), `the declared field ${name} is in no record`)
  }
}

function checkRecord(record: RemoteRecord, fields: ReadonlyMap<string, FieldDescription>, allowsUndeclared: boolean) {
  const parked = new Set((record.issues ?? []).map((issue) => issue.field.split(/[.[]/)[0]))
  for (const [name, value] of Object.entries(record.values)) {
    const field = fields.get(name)
    assert.ok(field || allowsUndeclared, `record ${record.externalId} carries the undeclared field ${name}`)
    if (!field || value === null || parked.has(name)) continue
    const shown = JSON.stringify(value)
    assert.ok(fits[field.type](value), `record ${record.externalId}: ${name} is ${shown}, not a ${field.type}`)
  }
}

const idsAreStableAndUnique: ObjectCheck = async (context) => {
  const first = (await walk(context)).records.map((record) => record.externalId)
  const second = (await walk(context)).records.map((record) => record.externalId)
  const doubled = first.find((id, index) => first.indexOf(id) !== index)
  assert.equal(doubled, undefined, `the id ${doubled} comes twice in one walk`)
  assert.ok(!first.includes(''), 'a record has an empty id')
  assert.deepStrictEqual([...second].sort(), [...first].sort(), 'a second walk gives other ids')
}

const resumesFromEachToken: ObjectCheck = async (context) => {
  const { pages } = await walk(context)
  assert.equal(pages.at(-1)?.next, undefined, 'the last page still names a next one')
  if (context.contract.pageSize !== undefined && (context.contract.minRecords ?? 1) > context.contract.pageSize) {
    assert.ok(pages.length > 1, 'the page size is ignored: the walk is one page long')
  }
  const tokens = pages.slice(0, -1).map((page) => page.next)
  for (const index of new Set([0, Math.floor(tokens.length / 2), tokens.length - 1])) {
    const pageToken = tokens[index]
    if (pageToken === undefined) continue
    const rest = await walk(context, { pageToken })
    const expected = pages.slice(index + 1).flatMap((page) => page.records.map((record) => record.externalId))
    const got = rest.records.map((record) => record.externalId)
    assert.deepStrictEqual(got, expected, `resuming after page ${index + 1} does not give the rest`)
  }
}

const sinceIsInclusive: ObjectCheck = async (context) => {
  if (context.object.description.changes.kind !== 'updated-since') return
  const { records } = await walk(context)
  const times = records.flatMap((record) => (record.updatedAt === undefined ? [] : [record.updatedAt])).sort()
  const since = times[Math.floor(times.length / 2)]
  assert.ok(since, 'updated-since is declared, but no record says when it was changed')
  const got = new Set((await walk(context, { since })).records.map((record) => record.externalId))
  for (const record of records) {
    if (record.updatedAt === undefined || Date.parse(record.updatedAt) < Date.parse(since)) continue
    assert.ok(got.has(record.externalId), `reading since ${since} misses ${record.externalId} of ${record.updatedAt}`)
  }
}

const stopsWhenAborted: ObjectCheck = async ({ object, contract }) => {
  const signal = AbortSignal.abort()
  assert.ok(object.read, `${contract.name} cannot be read`)
  const reading = object.read({ signal })[Symbol.asyncIterator]().next()
  await assert.rejects(reading, (thrown) => thrown instanceof AppError && thrown.kind === 'cancelled')
}

const getAgrees: ObjectCheck = async (context) => {
  const { object, contract } = context
  if (!object.get) return
  const { records } = await walk(context)
  for (const record of [records.at(0), records.at(-1)]) {
    if (!record) continue
    const got = await object.get(record.externalId, quietSignal())
    assert.ok(got, `get does not find ${record.externalId}, which the walk gave`)
    assertAgrees(context, got, record, 'get')
  }
  const gone = await object.get(contract.unknownId ?? 'does-not-exist-0', quietSignal())
  assert.equal(gone, null, 'get of an unknown id is null')
}

const findAgrees: ObjectCheck = async (context) => {
  const { object } = context
  if (!object.find || !object.read) return
  const { records } = await walk(context)
  for (const key of object.description.keys) {
    const sample = records.find((record) => isFindable(record.values[key]))
    assert.ok(sample, `no record has a value in the key ${key}`)
    const hits = await object.find(key, [String(sample.values[key])], quietSignal())
    const hit = hits.find((record) => record.externalId === sample.externalId)
    assert.ok(hit, `find by ${key} misses the record ${sample.externalId}`)
    assertAgrees(context, hit, sample, `find by ${key}`)
    const none = await object.find(key, ['no-such-value-7f3a'], quietSignal())
    assert.equal(none.length, 0, `find by ${key} gives records for a value nobody has`)
  }
}

function isFindable(value: Value | undefined): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
}

/** Both ways of reading one record give the same values in every field that both carry. */
function assertAgrees(context: CheckContext, got: RemoteRecord, read: RemoteRecord, how: string): void {
  assert.equal(got.externalId, read.externalId)
  const skipped = new Set(context.contract.volatileFields ?? [])
  for (const [field, value] of Object.entries(read.values)) {
    if (skipped.has(field) || !(field in got.values)) continue
    assert.ok(isSameValue(got.values[field], value), `${how} and read differ in ${field} of ${read.externalId}`)
  }
}

/** Checks of every object; those of reading are left out where the object cannot be read. */
export const describeChecks: Readonly<Record<string, ObjectCheck>> = {
  'is described, with its id field and keys': isDescribed,
  'has exactly the capabilities it declares': capabilitiesAreWhatIsPresent,
}

export const readChecks: Readonly<Record<string, ObjectCheck>> = {
  'reads what the declared fields say': fieldsMatch,
  'gives stable, unique ids over two walks': idsAreStableAndUnique,
  'ends its walk and resumes it from any page token': resumesFromEachToken,
  'reads changes since an instant, inclusive': sinceIsInclusive,
  'stops at once when aborted': stopsWhenAborted,
  'get agrees with read': getAgrees,
  'find agrees with read': findAgrees,
}
