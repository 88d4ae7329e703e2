import { describe, expect, it } from 'vitest'
import { fieldLines, type ObjectAnswer, objectSentences } from './connection-view.ts'

const contact: ObjectAnswer = {
  name: 'contact',
  label: 'Contact',
  idField: 'id',
  keys: ['email'],
  changes: 'full',
  notes: ['Phone numbers are kept as typed.'],
  fields: [
    { name: 'id', type: 'text', readOnly: true },
    { name: 'email', label: 'E-mail', type: 'email', required: true, unique: true, note: 'lower case' },
  ],
  writes: { create: 'K', update: 'C' },
}

describe('an object in words', () => {
  it('says how it is read, written and recognised', () => {
    expect(objectSentences(contact)).toEqual([
      'Everything is read each time.',
      'Patchbay can create and update records.',
      'Records can be recognised by email.',
      'Phone numbers are kept as typed.',
    ])
  })

  it('says that it is only read', () => {
    expect(objectSentences({ ...contact, writes: {}, keys: [], notes: [] })).toEqual([
      'Everything is read each time.',
      'Patchbay only reads it.',
    ])
  })

  it('tells what is special about each field', () => {
    expect(fieldLines(contact)).toEqual([
      { name: 'id', label: 'id', kind: 'Text', about: "the service's own number · cannot be changed" },
      { name: 'email', label: 'E-mail', kind: 'E-mail', about: 'must be filled in · only once · lower case' },
    ])
  })
})
