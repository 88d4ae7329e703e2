/** Steps that translate, look up, take apart and ask. */
import { describe, expect, it } from 'vitest'
import type { Value } from '../../model/value.ts'
import { compileMapping } from '../compile-mapping.ts'
import { type Answer, type Question, questionKey } from '../evaluate-types.ts'
import { readMapping } from '../read-mapping.ts'
import { quiet, refusedPlace, runSteps } from '../testing/run-steps.ts'

function resultOf(step: unknown, value: Value | undefined, record = {}): Value | undefined {
  const outcome = runSteps({ steps: Array.isArray(step) ? step : [step], value, record })
  return 'issue' in outcome ? outcome.issue : outcome.value
}

const status = { paid: 'PAID', '1': 'one', true: 'yes' }
const table = [
  { sku: 'A1', account: 4400, tax: '19' },
  { sku: 'B2', account: 4300 },
]

describe('value steps', () => {
  it.each<[unknown, Value | undefined, Value | undefined]>([
    [{ 'map-values': { values: status } }, 'paid', 'PAID'],
    [{ 'map-values': { values: status } }, 1, 'one'],
    [{ 'map-values': { values: status } }, true, 'yes'],
    [{ 'map-values': { values: status } }, 'PAID', 'unknown-value'],
    [{ 'map-values': { values: status, ignoreCase: true } }, 'PAID', 'PAID'],
    [{ 'map-values': { values: status } }, 'toString', 'unknown-value'],
    [{ 'map-values': { values: status, otherwise: 'keep' } }, 'x', 'x'],
    [{ 'map-values': { values: status, otherwise: 'empty' } }, 'x', null],
    [{ 'map-values': { values: status, otherwise: { value: 'other' } } }, 'x', 'other'],
    [{ 'map-values': { values: status } }, '', ''],
    [{ 'map-values': { values: { '': 'none' } } }, '', 'none'],
    [{ 'map-values': { values: status } }, ['paid'], 'unknown-value'],
    ['yes-no', 'Ja', true],
    ['yes-no', ' SÍ ', true],
    ['yes-no', 'si\u0301', true],
    ['yes-no', 'non', false],
    ['yes-no', 0, false],
    ['yes-no', true, true],
    ['yes-no', 'maybe', 'not-yes-or-no'],
    ['yes-no', '', null],
    [{ 'yes-no': { yes: ['Opted in'] } }, 'opted IN', true],
    [{ 'look-up': { table, by: 'sku', take: 'account' } }, 'B2', 4300],
    [{ 'look-up': { table, by: 'sku', take: 'tax' } }, 'B2', null],
    [{ 'look-up': { table, by: 'sku', take: 'tax' } }, 'C3', 'unknown-value'],
    [{ 'look-up': { table, by: 'account', take: 'sku' } }, 4400, 'A1'],
    [{ constant: 'x' }, undefined, 'x'],
    [{ constant: null }, 'y', null],
    [{ item: -1 }, ['a', 'b'], 'b'],
    [{ item: 3 }, ['a', 'b'], null],
    [{ item: 1 }, 'ab', 'not-a-list'],
    [{ field: 'a.b' }, { a: { b: 1 } }, 1],
    [{ field: 'a.b' }, { 'a.b': 2 }, 2],
    [{ field: 'constructor' }, {}, undefined],
    [{ field: 'length' }, [1], undefined],
    [{ field: 'a' }, 'x', 'not-an-object'],
    ['unique', [1, '1', { a: 1, b: 2 }, { b: 2, a: 1 }], [1, '1', { a: 1, b: 2 }]],
    [[{ split: { on: ',' } }, { each: ['trim', { case: 'upper' }] }], 'a, b', ['A', 'B']],
    [{ each: ['to-number'] }, ['1', 'x'], 'not-a-number'],
    [{ fallback: ['second', 'third'] }, undefined, '3'],
    [{ fallback: ['third'] }, 'first', 'first'],
    [{ fallback: ['second'] }, null, ''],
    [{ fallback: ['missing'] }, undefined, undefined],
    [{ fallback: [{ from: 'blank', steps: ['trim'] }, { value: 'end' }] }, '', 'end'],
    [{ fallback: [{ from: 'blank', steps: ['to-number'] }, 'third'] }, '', '3'],
    [{ fallback: [{ from: 'third', steps: ['date'] }] }, '', 'not-a-date'],
  ])('%j takes %j', (step, value, expected) => {
    expect(resultOf(step, value, { second: '', third: '3', blank: '  ' })).toEqual(expected)
  })

  it.each([
    [{ 'map-values': { values: { a: 1, A: 2 }, ignoreCase: true } }, 'map-values.values.A'],
    [{ 'look-up': { table: [...table, { sku: 'A1' }], by: 'sku', take: 'account' } }, 'look-up.table[2].sku'],
    [{ 'look-up': { table, by: 'sku', take: 'name' } }, 'look-up.take'],
    [{ 'look-up': { table, by: 'tax', take: 'sku' } }, 'look-up.table[1]'],
    [{ fallback: ['a', { from: 'b', steps: ['trim', { 'shift-date': {} }] }] }, 'fallback[1].steps[1].shift-date'],
    [{ 'yes-no': { yes: ['x'], no: ['X'] } }, 'yes-no.yes'],
  ])('refuses %j at its place', (step, place) => {
    expect(refusedPlace([{ to: 'out', from: 'field', steps: [step] }])).toBe(`mapping[0].steps[0].${place}`)
  })
})

describe('steps that ask', () => {
  const known: readonly (readonly [Question, Answer])[] = [
    [
      { kind: 'link', object: 'customer', externalId: '7' },
      { found: true, value: 'cus_7' },
    ],
    [
      { kind: 'link', object: 'customer', externalId: '8' },
      { found: false, reason: 'it was never brought across' },
    ],
    [
      { kind: 'record', connection: 'crm', object: 'company', by: 'domain', value: 'acme.com' },
      { found: true, value: { name: 'Acme', owner: { id: 5 } } },
    ],
    [
      { kind: 'record', connection: 'crm', object: 'company', by: 'domain', value: 'x.com' },
      { found: false, reason: 'no such record' },
    ],
    [
      { kind: 'calculate', expression: 'a * b.c', input: { a: 2, b: { c: 3 }, value: [2, 3] } },
      { found: true, value: 6 },
    ],
    [
      { kind: 'calculate', expression: '1 + 1', input: {} },
      { found: true, value: 2 },
    ],
    [
      { kind: 'calculate', expression: 'a / 0', input: { a: 1, value: 1 } },
      { found: false, reason: 'the result is not a finite number' },
    ],
  ]
  const answers = new Map(known.map(([question, answer]) => [questionKey(question), answer]))
  const answering = { now: quiet.now, answer: (question: Question) => answers.get(questionKey(question)) }
  const source = {
    customer: 7,
    other: 8,
    domain: 'acme.com',
    strange: 'x.com',
    a: 2,
    b: { c: 3 },
    one: 1,
    nothing: null,
  }

  function asked(row: Record<string, unknown>, environment = answering): Value | undefined {
    const mapped = compileMapping(readMapping([{ to: 'out', ...row }])).evaluate(source, environment)
    return mapped.issues[0]?.code ?? (mapped.questions.length > 0 ? 'open' : mapped.values.out)
  }

  it.each<[Record<string, unknown>, Value | undefined]>([
    [{ from: 'customer', steps: [{ link: { object: 'customer' } }] }, 'cus_7'],
    [{ from: 'other', steps: [{ link: { object: 'customer' } }] }, 'not-linked'],
    [{ from: 'other', steps: [{ link: { object: 'customer', otherwise: 'empty' } }] }, null],
    [{ from: 'a', steps: [{ link: { object: 'customer' } }] }, 'open'],
    [{ from: 'nothing', steps: [{ link: { object: 'customer' } }] }, null],
    [
      {
        from: 'domain',
        steps: [{ 'look-up-record': { connection: 'crm', object: 'company', by: 'domain', take: 'owner.id' } }],
      },
      5,
    ],
    [
      {
        from: 'strange',
        steps: [{ 'look-up-record': { connection: 'crm', object: 'company', by: 'domain', take: 'name' } }],
      },
      'record-not-found',
    ],
    [{ from: ['a', 'b.c'], steps: [{ calculate: 'a * b.c' }] }, 6],
    [{ steps: [{ calculate: '1 + 1' }] }, 2],
    [{ from: 'missing', steps: [{ calculate: '1 + 1' }] }, undefined],
    [{ from: 'nothing', steps: [{ calculate: '1 + 1' }] }, null],
    [{ from: ['missing', 'gone'], steps: [{ calculate: '1 + 1' }] }, undefined],
  ])('%j gives %j', (row, expected) => {
    expect(asked(row)).toEqual(expected)
  })

  it('reports what cannot be calculated', () => {
    const row = { to: 'out', from: 'a', steps: [{ calculate: 'a / 0' }] }
    const mapped = compileMapping(readMapping([row])).evaluate({ a: 1 }, answering)
    expect(mapped.issues).toMatchObject([
      { code: 'not-calculated', field: 'a', message: expect.stringMatching(/finite/) },
    ])
  })

  it('asks for everything at once, and nothing twice once answered', () => {
    const rows = ['customer', 'other'].map((from) => ({ to: from, from, steps: [{ link: { object: 'customer' } }] }))
    const mapping = compileMapping(readMapping(rows))
    expect(mapping.evaluate(source, quiet).questions).toHaveLength(2)
    expect(mapping.evaluate(source, answering).questions).toHaveLength(0)
  })
})
