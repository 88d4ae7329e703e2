/** The schema as people meet it: pleasant YAML in, the exact place of a mistake out, a description on everything. */
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { compileMapping } from './compile-mapping.ts'
import { explainStep } from './compile-steps.ts'
import { readMapping } from './read-mapping.ts'
import { mappingSchema } from './schema/mapping-schema.ts'
import { bareStepNames } from './schema/step-schema.ts'
import { refusedPlace } from './testing/run-steps.ts'

const yaml = `
- to: email
  from: E-Mail
  steps: [trim, normalize-email]
- to: phone
  from: Phone
  steps: [{ phone: { country: US } }]
  write: when-not-empty
- to: fullName
  from: [First, Last]
  steps: [{ join: { with: ' ' } }, { case: name }]
- to: due
  from: Date
  steps: [{ date: { formats: [dd.MM.yyyy, iso] } }, { shift-date: { days: 14 } }]
- to: lines
  items:
    from: order_lines
    where: { field: created, after: 2025-01-01 }
    rows:
      - { to: amount, from: price, steps: [{ money: { currencyFrom: ^currency } }] }
    extra:
      - rows: [{ to: description, value: Shipping }, { to: amount, from: shipping }]
`

describe('readMapping', () => {
  it('reads what a person writes in YAML', () => {
    const mapping = compileMapping(readMapping(parse(yaml)))
    expect(mapping.targetFields).toEqual(['email', 'phone', 'fullName', 'due', 'lines'])
  })

  it.each<[string, unknown, string]>([
    ['an unknown key of a row', { to: 'a', form: 'b' }, 'mapping[0].form'],
    [
      'an unknown option',
      { to: 'a', from: 'b', steps: ['trim', { phone: { countri: 'US' } }] },
      'mapping[0].steps[1].phone.countri',
    ],
    ['an unknown step', { to: 'a', from: 'b', steps: ['trimm'] }, 'mapping[0].steps[0]'],
    ['an unknown step with options', { to: 'a', from: 'b', steps: [{ fone: {} }] }, 'mapping[0].steps[0].fone'],
    ['a step that needs options', { to: 'a', from: 'b', steps: ['join'] }, 'mapping[0].steps[0]'],
    ['two steps in one', { to: 'a', from: 'b', steps: [{ trim: {}, case: 'name' }] }, 'mapping[0].steps[0]'],
    ['no step in one', { to: 'a', from: 'b', steps: [{}] }, 'mapping[0].steps[0]'],
    ['a wrong choice', { to: 'a', from: 'b', steps: [{ case: 'big' }] }, 'mapping[0].steps[0].case'],
    ['a wrong write rule', { to: 'a', from: 'b', write: 'maybe' }, 'mapping[0].write'],
    [
      'a write rule inside items',
      { to: 'a', items: { from: 'l', rows: [{ to: 'b', from: 'c', write: 'always' }] } },
      'mapping[0].items.rows[0].write',
    ],
    [
      'a wrong filter',
      { to: 'a', items: { from: 'l', where: { field: 'x', equal: 3 }, rows: [{ to: 'b', from: 'c' }] } },
      'mapping[0].items.where.equal',
    ],
    ['a row without source', { to: 'a' }, 'mapping[0]'],
    ['a row with two sources', { to: 'a', from: 'b', value: 1 }, 'mapping[0]'],
    [
      'text and pattern at once',
      { to: 'a', from: 'b', steps: [{ replace: { text: 'x', pattern: 'y', with: '' } }] },
      'mapping[0].steps[0].replace',
    ],
    ['part 0', { to: 'a', from: 'b', steps: [{ split: { on: ',', take: 0 } }] }, 'mapping[0].steps[0].split.take'],
    [
      'a mistake deep inside',
      { to: 'a', from: 'b', steps: [{ fallback: ['x', { from: 'y', steps: [{ each: ['nope'] }] }] }] },
      'mapping[0].steps[0].fallback[1].steps[0].each[0]',
    ],
  ])('names the place of %s', (_name, row, place) => {
    expect(refusedPlace([row])).toBe(place)
  })

  it('names the place when it is no list at all', () => {
    expect(() => readMapping({ to: 'a' }, 'orders.mapping')).toThrow(/orders\.mapping/)
  })

  it('accepts every bare name, and explains it', () => {
    for (const name of bareStepNames) {
      compileMapping(readMapping([{ to: 'a', from: 'b', steps: [name] }]))
      expect(explainStep(name)).toMatch(/^[A-Z].{5,}[^.]\.$/)
    }
  })
})

describe('the JSON Schema', () => {
  const schema = z.toJSONSchema(mappingSchema)

  it('describes every property', () => {
    const missing: string[] = []
    visit(schema, 'mapping', (node, place) => {
      for (const [name, property] of Object.entries(Object(node.properties))) {
        if (!isDescribed(property)) missing.push(`${place}.${name}`)
      }
    })
    expect(missing).toEqual([])
  })

  function isDescribed(property: unknown): boolean {
    const { description, $ref } = Object(property)
    if (typeof description === 'string') return true
    // A reference to a described definition is described there.
    const name = typeof $ref === 'string' ? $ref.replace('#/$defs/', '') : undefined
    return name !== undefined && isDescribed(Object(schema.$defs)[name])
  }

  it('allows no unknown keys in any object with named properties', () => {
    const open: string[] = []
    visit(schema, 'mapping', (node, place) => {
      if (node.properties !== undefined && node.additionalProperties !== false) open.push(place)
    })
    expect(open).toEqual([])
  })
})

type Node = Record<string, unknown>

function visit(node: unknown, place: string, see: (node: Node, place: string) => void): void {
  if (typeof node !== 'object' || node === null) return
  see(node as Node, place)
  for (const [key, child] of Object.entries(node)) visit(child, `${place}/${key}`, see)
}
