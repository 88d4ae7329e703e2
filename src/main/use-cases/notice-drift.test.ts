import { describe, expect, it } from 'vitest'
import { openStore } from '#main/store/open-store.ts'
import type { FieldDescription, ObjectDescription } from '#shared/model/object.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { noticeDrift } from './notice-drift.ts'

function contact(fields: readonly FieldDescription[], parts: Partial<ObjectDescription> = {}): ObjectDescription {
  return {
    name: 'contact',
    label: 'Contact',
    idField: 'id',
    fields,
    keys: [],
    changes: { kind: 'full' },
    writes: {},
    ...parts,
  }
}

const email: FieldDescription = { name: 'email', type: 'email' }
const born: FieldDescription = { name: 'born', type: 'date' }

function meetings() {
  const { shapes, streams } = openStore({ folder: tempFolder(), nowMs: () => 0 })
  const stream = streams.idOf('crm', 'contact')
  return (description: ObjectDescription) => noticeDrift(shapes, [{ stream, place: 'CRM', description }])
}

describe('an object of a service', () => {
  it('is met for the first time without a word, and again as long as it stays as it is', () => {
    const meet = meetings()
    expect([meet(contact([email, born])), meet(contact([born, email]))]).toEqual([[], []])
  })

  it.each([
    ['has a field more', [email, born, { name: 'note', type: 'text' }], 'fields-new', /“note”/],
    ['has one less', [email], 'fields-gone', /“born”/],
    [
      'has another kind of field',
      [email, { ...born, type: 'text' }],
      'fields-retyped',
      /“born” \(date before, text now\)/,
    ],
  ] as const)('is noticed once when it %s', (_what, fields, code, words) => {
    const meet = meetings()
    meet(contact([email, born]))
    expect(meet(contact(fields))).toMatchObject([{ code, message: expect.stringMatching(words) }])
    expect(meet(contact(fields))).toEqual([])
  })

  it('whose fields are only known from samples is not judged', () => {
    const meet = meetings()
    meet(contact([email, born], { hasOtherFields: true }))
    expect(meet(contact([email], { hasOtherFields: true }))).toEqual([])
  })
})
