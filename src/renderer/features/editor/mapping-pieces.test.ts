import { describe, expect, it } from 'vitest'
import type { FieldView } from '#shared/contract/connections.ts'
import { fieldsOfSamples, itemFields, sampleValues, sourceFields } from './fields.ts'
import { moved, patchRow, removeRow, setRow, sourceKind } from './mapping-edits.ts'
import { suggestRows } from './suggest-rows.ts'
import { missingSources, targetLines } from './target-rows.ts'

const order: readonly FieldView[] = [
  { name: 'id', type: 'text' },
  { name: 'Customer no.', type: 'text' },
  { name: 'address', type: 'object', fields: [{ name: 'city', type: 'text' }] },
  {
    name: 'lines',
    type: 'list',
    fields: [
      { name: 'sku', type: 'text' },
      { name: 'tax', type: 'object', fields: [{ name: 'rate', type: 'decimal' }] },
    ],
  },
]

describe('fields of the source', () => {
  it('open objects up and keep lists whole', () => {
    expect(sourceFields(order).map(({ path }) => path)).toEqual([
      'id',
      'Customer no.',
      'address',
      'address.city',
      'lines',
    ])
    expect(itemFields(order, 'lines').map(({ path }) => path)).toEqual(['sku', 'tax', 'tax.rate'])
    expect(itemFields(order, 'nothing')).toEqual([])
  })

  it('are found out from samples where the service does not say', () => {
    const samples = [
      { a: null, b: [1] },
      { a: 'x', c: { d: 1 } },
    ]
    expect(fieldsOfSamples(samples)).toEqual([
      { name: 'b', type: 'list' },
      { name: 'a', type: 'any' },
      { name: 'c', type: 'object' },
    ])
  })

  it('show different values, also inside objects', () => {
    const samples = [{ n: 'x', o: { p: 1 } }, { n: 'x', o: { p: 2 } }, { n: '' }, { n: 'y' }]
    expect(sampleValues(samples, 'n', 3)).toEqual(['x', 'y'])
    expect(sampleValues(samples, 'o.p', 3)).toEqual([1, 2])
  })
})

describe('the lines of the table', () => {
  const fields: readonly FieldView[] = [
    { name: 'note', type: 'text' },
    { name: 'name', type: 'text', required: true },
    { name: 'email', type: 'email', required: true },
    { name: 'id', type: 'text', readOnly: true },
    { name: 'city', type: 'text' },
  ]
  it('have what needs a person on top, then required, mapped and free fields', () => {
    const mapping = [
      { to: 'city', from: 'City' },
      { to: 'name', from: 'Name' },
      { to: 'fax', from: 'Fax' },
    ]
    expect(targetLines(mapping, fields).map(({ name, state, index }) => [name, state, index])).toEqual([
      ['fax', 'gone', 2],
      ['name', 'mapped', 1],
      ['email', 'required', -1],
      ['city', 'mapped', 0],
      ['note', 'free', -1],
    ])
  })

  it('show a field that only the service sets when it is mapped all the same', () => {
    expect(targetLines([{ to: 'id', from: 'x' }], fields)[0]).toMatchObject({ name: 'id', state: 'read-only' })
  })

  it('name source fields that are gone', () => {
    const known = new Set(['a', 'o', 'lines'])
    expect(missingSources({ to: 't', from: ['a', 'b', 'o.p'] }, known)).toEqual(['b'])
    expect(missingSources({ to: 't', items: { from: 'rows', rows: [] } }, known)).toEqual(['rows'])
    expect(missingSources({ to: 't', value: 1 }, known)).toEqual([])
  })
})

describe('changes of rows', () => {
  const rows = [
    { to: 'a', from: 'A' },
    { to: 'b', from: 'B' },
  ]
  it('keep the place of a row', () => {
    expect(setRow(rows, { to: 'a', value: 1 })[0]).toEqual({ to: 'a', value: 1 })
    expect(setRow(rows, { to: 'c', from: 'C' }).map(({ to }) => to)).toEqual(['a', 'b', 'c'])
    expect(removeRow(rows, 'a')).toEqual([rows[1]])
  })

  it('take settings out when they are not set any more', () => {
    expect(patchRow({ to: 'a', from: 'A', required: true }, { required: undefined })).toEqual({ to: 'a', from: 'A' })
  })

  it('tell the kind of source and move items', () => {
    expect([{ from: 'a' }, { from: ['a'] }, { value: null }, { object: [] }, {}].map(sourceKind)).toEqual([
      'field',
      'fields',
      'value',
      'object',
      'worked-out',
    ])
    expect([moved(['a', 'b', 'c'], 0, 1), moved(['a', 'b'], 1, 1)]).toEqual([
      ['b', 'a', 'c'],
      ['a', 'b'],
    ])
  })
})

describe('suggested rows', () => {
  it('connect fields of one name, with what their type needs', () => {
    const targets: readonly FieldView[] = [
      { name: 'e_mail', type: 'email' },
      { name: 'lastName', label: 'Surname', type: 'text' },
      { name: 'id', type: 'text', readOnly: true },
      { name: 'city', type: 'text' },
    ]
    const sources = sourceFields([
      { name: 'E-mail', type: 'text' },
      { name: 'SURNAME', type: 'text' },
      { name: 'id', type: 'text' },
      { name: 'City', type: 'text' },
      { name: 'city', type: 'text' },
    ])
    expect(suggestRows(targets, sources, new Set())).toEqual([
      { to: 'e_mail', from: 'E-mail', steps: ['normalize-email'] },
      { to: 'lastName', from: 'SURNAME', steps: ['trim'] },
    ])
    expect(suggestRows(targets, sources, new Set(['e_mail']))).toHaveLength(1)
  })
})
