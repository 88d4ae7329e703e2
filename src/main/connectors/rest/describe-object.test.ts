/** Write classes are derived from what is configured, and nothing stronger is claimed. */
import { describe, expect, test } from 'vitest'
import type { ObjectDescription } from '#shared/model/object.ts'
import { describeObject } from './describe-object.ts'
import { objectSettings } from './object-settings.ts'

function writesOf(settings: object): ObjectDescription['writes'] {
  const object = objectSettings.parse({ name: 'a', label: 'A', ...settings })
  return describeObject({ ...object, fields: [{ name: 'email', type: 'email' }] }).writes
}

const idempotency = { header: 'Idempotency-Key', ttlMs: 1000 }
const batch = { path: '/batch', wrapAt: 'records', resultsAt: 'results', max: 50 }

describe('a create', () => {
  test.each([
    [{}, { class: 'N' }],
    [{ findBy: 'email' }, { class: 'F', findBy: 'email' }],
    [
      { findBy: 'email', isIndexDelayed: true, settleMs: 5 },
      { class: 'S', findBy: 'email', settleMs: 5 },
    ],
    [{ isUnique: true }, { class: 'U' }],
    [
      { idempotency, findBy: 'email' },
      { class: 'K', keyTtlMs: 1000, findBy: 'email' },
    ],
  ])('with %j is %j', (more, expected) => {
    expect(writesOf({ create: { path: '/a', ...more } }).create).toEqual(expected)
  })

  test('is batched in class K only with a key per item', () => {
    const create = { path: '/a', idempotency }
    expect(writesOf({ create, batch }).create?.batchSize).toBeUndefined()
    expect(writesOf({ create, batch: { ...batch, keyField: 'key' } }).create?.batchSize).toBe(50)
    expect(writesOf({ create: { path: '/a', findBy: 'email' }, batch }).create?.batchSize).toBe(50)
    expect(writesOf({ create: { path: '/a' }, batch }).create?.batchSize).toBeUndefined()
  })
})

test('upsert is U, update and delete are C, and what is absent is not offered', () => {
  const path = '/a/{id}'
  expect(writesOf({ update: { path }, delete: { path }, upsert: { path: '/a/{email}' } })).toEqual({
    update: { class: 'C' },
    upsert: { class: 'U' },
    delete: { class: 'C' },
  })
  expect(writesOf({})).toEqual({})
})
