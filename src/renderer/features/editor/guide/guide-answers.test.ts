import { describe, expect, it } from 'vitest'
import { integrationDefinitionSchema } from '#shared/model/integration.ts'
import type { SourceField } from '../fields.ts'
import type { ObjectView } from '../use-editor.ts'
import { definitionOf, type GuideAnswers, keyFields, noAnswers, suggestKey, writableObjects } from './guide-answers.ts'

const contact: ObjectView = {
  name: 'contact',
  label: 'Contact',
  idField: 'id',
  keys: ['email'],
  changes: 'full',
  writes: { create: 'K' },
  notes: [],
  fields: [
    { name: 'id', type: 'text', readOnly: true },
    { name: 'name', type: 'text' },
    { name: 'email', label: 'E-mail', type: 'email' },
    { name: 'tags', type: 'list' },
    { name: 'reference', type: 'text', unique: true },
  ],
}
const sources: readonly SourceField[] = ['Name', 'E-Mail', 'Town'].map((path) => ({ path, label: path, type: 'text' }))
const answers: GuideAnswers = {
  ...noAnswers,
  source: { connection: 'list', object: 'rows' },
  destination: { connection: 'crm', object: 'contact' },
  key: { to: 'email', from: 'E-Mail' },
  name: ' List into the CRM ',
}
const sourceFields = ['Name', 'E-Mail', 'Town'].map((name) => ({ name, type: 'text' as const }))
const facts = { id: 'list-into-the-crm', fields: contact.fields, sources, sourceFields }

describe('the guided creation', () => {
  it('offers keys first, never lists or what only the service sets', () => {
    expect(keyFields(contact).map(({ name }) => name)).toEqual(['email', 'reference', 'name'])
  })
  it('finds the key by name, or takes the first field for a person to change', () => {
    expect(suggestKey(contact, sources)).toEqual({ to: 'email', from: 'E-Mail' })
    expect(suggestKey(contact, [{ path: 'Post', label: 'Post', type: 'text' }])).toEqual({ to: 'email', from: 'Post' })
    expect(suggestKey(contact, [])).toBeUndefined()
  })
  it('writes only where something can be written', () => {
    expect(writableObjects([contact, { ...contact, name: 'report', writes: {} }]).map(({ name }) => name)).toEqual([
      'contact',
    ])
  })
  it('makes an integration the core accepts, with fields of the same name filled', () => {
    const made = definitionOf(answers, facts)
    expect(integrationDefinitionSchema.safeParse(made).success).toBe(true)
    expect(made).toMatchObject({
      name: 'List into the CRM',
      match: ['email'],
      mapping: [
        { to: 'email', from: 'E-Mail', steps: ['normalize-email'] },
        { to: 'name', from: 'Name', steps: ['trim'] },
      ],
    })
    expect(definitionOf({ ...answers, isMatched: false }, facts)?.match).toEqual([])
  })
  it('makes a two-way integration with a way back for what was taken over plainly', () => {
    const made = definitionOf({ ...answers, isBothWays: true }, facts)
    expect(integrationDefinitionSchema.safeParse(made).success).toBe(true)
    expect(made).toMatchObject({
      pattern: 'two-way',
      back: {
        match: ['E-Mail'],
        mapping: [
          { to: 'E-Mail', from: 'email', steps: ['trim'] },
          { to: 'Name', from: 'name', steps: ['trim'] },
        ],
      },
      policies: { conflict: 'hold' },
    })
    const locked = sourceFields.map((field) => ({ ...field, readOnly: true }))
    expect(definitionOf({ ...answers, isBothWays: true }, { ...facts, sourceFields: locked })).toBeUndefined()
  })
  it('makes none while an answer is missing', () => {
    const missing: readonly Partial<GuideAnswers>[] = [
      { name: ' ' },
      { key: undefined },
      { source: undefined },
      { destination: { connection: 'crm', object: '' } },
    ]
    for (const one of missing) expect(definitionOf({ ...answers, ...one }, facts)).toBeUndefined()
  })
})
