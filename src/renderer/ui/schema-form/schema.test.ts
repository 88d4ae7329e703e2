import { describe, expect, it } from 'vitest'
import { fieldLabel, optionLabel } from './labels.ts'
import { fieldKind, resolved, type Schema, startValue } from './schema.ts'

const root: Schema = { $defs: { name: { type: 'string', title: 'Name' } } }
const group: Schema = { type: 'object', properties: { kind: { const: 'bearer' }, on: { type: 'boolean' } } }

describe('a field of a form', () => {
  const cases: readonly [Schema, string][] = [
    [{ type: 'string' }, 'text'],
    [{ $ref: '#/$defs/name' }, 'text'],
    [{ type: 'integer' }, 'number'],
    [{ type: 'boolean' }, 'yes-no'],
    [{ type: 'string', enum: ['a', 'b'] }, 'choice'],
    [{ type: 'array', items: { type: 'string' } }, 'texts'],
    [{ type: 'array', items: { type: 'string', enum: ['a'] } }, 'list'],
    [{ type: 'array', items: group }, 'list'],
    [group, 'group'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'table'],
    [{ oneOf: [group, { type: 'object', properties: { kind: { const: 'none' } } }] }, 'variants'],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'raw'],
    [{ type: 'array' }, 'raw'],
    [{}, 'raw'],
  ]
  it.each(cases)('%j is drawn as %s', (schema, kind) => {
    expect(fieldKind(schema, root).kind).toBe(kind)
  })

  it('takes its words from where it is used before where it is defined', () => {
    const schema = resolved({ $ref: '#/$defs/name', title: 'Header' }, root)
    expect([fieldLabel('x', schema), fieldLabel('x', resolved({ $ref: '#/$defs/name' }, root))]).toEqual([
      'Header',
      'Name',
    ])
    expect(resolved({ $ref: '#/$defs/unknown' }, root)).toEqual({ $ref: '#/$defs/unknown' })
  })

  it('starts with its constants and nothing that was not chosen', () => {
    expect(startValue(group, root)).toEqual({ kind: 'bearer' })
    expect(startValue({ oneOf: [group] }, root)).toEqual({ kind: 'bearer' })
    expect([startValue({ type: 'array', items: group }, root), startValue({ type: 'string' }, root)]).toEqual([[], ''])
  })
})

describe('a name of a setting', () => {
  const cases: readonly [string, string][] = [
    ['headerRow', 'Header row'],
    ['month-first', 'Month first'],
    ['baseUrl', 'Address of the service'],
    ['ttlMs', 'Remembered for (ms)'],
  ]
  it.each(cases)('%s reads %s', (name, words) => expect(fieldLabel(name, {})).toBe(words))

  it('gives way to the title of its schema; signs are named', () => {
    expect([fieldLabel('path', { title: 'File' }), optionLabel('\t'), optionLabel('utf-8')]).toEqual([
      'File',
      'Tab',
      'utf-8',
    ])
  })
})
