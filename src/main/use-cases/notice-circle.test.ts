import { describe, expect, it } from 'vitest'
import { integrationDefinitionSchema } from '#shared/model/integration.ts'
import { noticeCircle } from './notice-circle.ts'

const [list, crm] = [
  { connection: 'list', object: 'rows' },
  { connection: 'crm', object: 'contact' },
]

const there = (mapping: readonly object[], parts: object = {}) =>
  integrationDefinitionSchema.parse({ id: 'there', name: 'There', source: list, destination: crm, mapping, ...parts })
const back = (mapping: readonly object[], parts: object = {}) =>
  integrationDefinitionSchema.parse({ id: 'back', name: 'Back', source: crm, destination: list, mapping, ...parts })

const name = { to: 'name', from: 'Name' }
const nameBack = { to: 'Name', from: 'name' }

describe('two one-way integrations', () => {
  it('that write the same field in both directions are noticed, with the field', () => {
    const notes = noticeCircle(there([name, { to: 'city', from: 'City' }]), [back([nameBack])])
    expect(notes).toMatchObject([{ code: 'circle', message: expect.stringContaining('(name)') }])
    expect(notes[0]?.message).toContain('“There” and “Back”')
  })

  it.each([
    ['other fields come back', back([{ to: 'Phone', from: 'phone' }])],
    ['it comes back only where it is empty', back([{ ...nameBack, write: 'fill-empty' }])],
    ['it comes back from another field', back([{ to: 'Name', from: 'full_name' }])],
    ['the other one goes elsewhere', back([nameBack], { destination: { connection: 'books', object: 'customer' } })],
    ['it is the integration itself', there([name])],
  ])('are no circle where %s', (_what, other) => {
    expect(noticeCircle(there([name]), [other])).toEqual([])
  })
})
