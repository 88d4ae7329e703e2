import { describe, expect, test } from 'vitest'
import type { FieldView } from '#shared/contract/connections.ts'
import { fieldsInside, innerTargets, missingInner, startInner } from './inner-start.ts'

const targets: readonly FieldView[] = [
  { name: 'description', label: 'Title', type: 'text', required: true },
  { name: 'quantity', type: 'number', required: true },
  { name: 'tax_code', type: 'text', required: true },
  { name: 'note', type: 'text' },
  { name: 'id', type: 'text', required: true, readOnly: true },
]
const sources = [
  { path: 'title', label: 'title', type: 'text' },
  { path: 'Quantity', label: 'Quantity', type: 'number' },
] as const

describe('the fields of an item', () => {
  test('begin with what the destination describes: by name or label, the required ones always', () => {
    expect(startInner(targets, sources)).toEqual([
      { to: 'description', from: 'title' },
      { to: 'quantity', from: 'Quantity' },
      { to: 'tax_code', value: '' },
    ])
  })

  test('begin with one empty field where nothing is described', () => {
    expect(startInner([], sources)).toEqual([{ to: 'name', value: '' }])
  })

  test('are missing where the service wants them and nothing fills them', () => {
    const rows = [{ to: 'description', value: 'x' }]
    expect(missingInner(targets, rows).map(({ name }) => name)).toEqual(['quantity', 'tax_code'])
  })

  test('of a list of the destination are found by its name', () => {
    const fields = [{ name: 'lines', type: 'list', fields: [...targets] }] satisfies FieldView[]
    expect(innerTargets(fields, 'lines')).toHaveLength(5)
    expect(innerTargets(fields, 'other')).toEqual([])
  })
})

describe('the fields inside a list of the source', () => {
  const values = [{ lines: null }, { lines: [{ sku: 'A' }, 'odd', null, { sku: 'B', qty: 2 }] }]

  test('are those of the samples where the service describes none', () => {
    expect(fieldsInside('lines', { fields: [], values }).map(({ path }) => path)).toEqual(['sku', 'qty'])
  })

  test('are those described, where it describes them', () => {
    const fields = [{ name: 'lines', type: 'list', fields: [{ name: 'sku', type: 'text' }] }] satisfies FieldView[]
    expect(fieldsInside('lines', { fields, values })).toEqual([{ path: 'sku', label: 'sku', type: 'text' }])
  })
})
