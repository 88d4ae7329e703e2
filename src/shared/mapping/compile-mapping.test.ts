/** Whole mappings: an order of 200 lines to an invoice, absence, write rules, places of mistakes, explanation, trace. */
import { describe, expect, it } from 'vitest'
import type { Value, Values } from '../model/value.ts'
import { compileMapping } from './compile-mapping.ts'
import { type Answer, type Question, questionKey } from './evaluate-types.ts'
import { explainMapping } from './explain-mapping.ts'
import { readMapping } from './read-mapping.ts'
import { mapRecord, quiet, refusedPlace } from './testing/run-steps.ts'
import { traceRow } from './trace-row.ts'

const invoiceRows = [
  { to: 'customer', from: 'customer_id', steps: [{ link: { object: 'customer' } }] },
  {
    to: 'lines',
    items: {
      from: 'order_lines',
      where: { not: { field: 'cancelled', equals: true } },
      rows: [
        { to: 'description', from: ['sku', 'name'], steps: [{ join: { with: ' · ' } }] },
        { to: 'quantity', from: 'quantity' },
        { to: 'unit', from: 'price', steps: [{ money: { currencyFrom: '^currency', decimalMark: '.' } }] },
        { to: 'product', from: 'product_id', steps: [{ link: { object: 'product' } }] },
        { to: 'order', from: '^number' },
      ],
      extra: [
        {
          when: { field: 'shipping.amount', greaterThan: 0 },
          rows: [
            { to: 'description', value: 'Shipping' },
            { to: 'unit', from: 'shipping.amount', steps: [{ money: { currencyFrom: 'currency' } }] },
          ],
        },
        {
          when: { field: 'discount', empty: false },
          rows: [
            { to: 'description', value: 'Discount' },
            {
              to: 'unit',
              from: 'discount',
              steps: [{ money: { currencyFrom: 'currency' } }, { multiply: { by: -1 } }],
            },
          ],
        },
      ],
    },
  },
  {
    to: 'net',
    from: 'order_lines',
    steps: [{ sum: { field: 'price', times: 'quantity' } }, { money: { currency: 'EUR' } }],
  },
]

function order(lines: number): Values {
  const order_lines = Array.from({ length: lines }, (_, index) => ({
    sku: `S${index}`,
    name: 'Tea',
    quantity: 2,
    price: '1.25',
    product_id: index % 10,
    cancelled: index === 3,
  }))
  return {
    number: 'A-1',
    customer_id: 'c1',
    currency: 'EUR',
    shipping: { amount: '4.99' },
    discount: '1.00',
    order_lines,
  }
}

function answerAll(question: Question): Answer {
  return { found: true, value: question.kind === 'link' ? `${question.object}:${question.externalId}` : null }
}

describe('an order of 200 lines', () => {
  const mapping = compileMapping(readMapping(invoiceRows))

  it('becomes an invoice with filtered lines, shipping and discount', () => {
    const { values, issues, questions } = mapping.evaluate(order(200), { ...quiet, answer: answerAll })
    const lines = values.lines as readonly Value[]
    expect({ issues, questions, count: lines.length, customer: values.customer, net: values.net }).toEqual({
      issues: [],
      questions: [],
      count: 201,
      customer: 'customer:c1',
      net: { amountMinor: 50000, currency: 'EUR' },
    })
    expect(lines[3]).toEqual({
      description: 'S4 · Tea',
      quantity: 2,
      unit: { amountMinor: 125, currency: 'EUR' },
      product: 'product:4',
      order: 'A-1',
    })
    expect(lines.slice(-2)).toEqual([
      { description: 'Shipping', unit: { amountMinor: 499, currency: 'EUR' } },
      { description: 'Discount', unit: { amountMinor: -100, currency: 'EUR' } },
    ])
  })

  it('asks for all links at once and keeps what is not final out', () => {
    const { values, questions } = mapping.evaluate(order(200), quiet)
    expect(new Set(questions.map(questionKey)).size).toBe(11)
    expect(values).toEqual({ net: { amountMinor: 50000, currency: 'EUR' } })
  })

  it('names line and field of everything that is wrong', () => {
    const bad = order(3)
    const lines = bad.order_lines as readonly Values[]
    const broken = [{ ...lines[0], price: 'free' }, 'nonsense', { ...lines[2], price: '1.255' }]
    const { issues } = mapping.evaluate({ ...bad, order_lines: broken }, { ...quiet, answer: answerAll })
    expect(issues.map((issue) => [issue.code, issue.field])).toEqual([
      ['not-a-number', 'order_lines[0].price'],
      ['not-an-object', 'order_lines[1]'],
      ['too-many-decimals', 'order_lines[2].price'],
      ['not-a-number', 'order_lines'],
    ])
  })

  it('reads exactly these source fields', () => {
    expect(mapping.sourceFields).toEqual([
      'customer_id',
      'order_lines',
      'currency',
      'number',
      'shipping.amount',
      'shipping',
      'discount',
    ])
  })

  it('holds a record whose condition cannot be read instead of dropping the line', () => {
    const unreadable = { ...order(1), shipping: { amount: '1,234' } }
    const { values, issues } = mapping.evaluate(unreadable, { ...quiet, answer: answerAll })
    expect(values.lines).toBeUndefined()
    expect(issues.map((issue) => issue.code)).toEqual(['filter-unreadable'])
  })

  it.each([
    [undefined, undefined],
    [null, null],
  ])('gives no list for the list %j, extras or not', (list, expected) => {
    const { order_lines: _lines, ...rest } = order(1)
    const source = list === undefined ? rest : { ...rest, order_lines: list }
    expect(mapping.evaluate(source, { ...quiet, answer: answerAll }).values.lines).toBe(expected)
  })
})

describe('rows', () => {
  it('names its own target when steps after a list fail, not a field of the last item', () => {
    const row = {
      to: 'first',
      items: { from: 'l', rows: [{ to: 'a', from: 'x' }] },
      steps: [{ item: 1 }, { field: 'a' }, 'to-number'],
    }
    expect(mapRecord([row], { l: [{ x: 'abc' }] }).issues.map((issue) => issue.field)).toEqual(['first'])
  })

  it('keeps absent, null and empty text apart', () => {
    const rows = ['a', 'b', 'c'].map((from) => ({ to: from, from, steps: ['trim'] }))
    expect(mapRecord(rows, { b: null, c: '' }).values).toEqual({ b: null, c: '' })
  })

  it('gives the default for absent, null and empty', () => {
    const rows = ['a', 'b', 'c', 'd'].map((from) => ({ to: from, from, steps: ['trim'], default: 'none' }))
    expect(mapRecord(rows, { b: null, c: ' ', d: 'x' }).values).toEqual({ a: 'none', b: 'none', c: 'none', d: 'x' })
  })

  it('does not cover an issue with the default', () => {
    const mapped = mapRecord([{ to: 'a', from: 'a', steps: ['to-number'], default: 0 }], { a: 'x' })
    expect([mapped.values, mapped.issues[0]?.code]).toEqual([{}, 'not-a-number'])
  })

  it('reports a required field that is empty', () => {
    const { issues } = mapRecord([{ to: 'email', from: 'E-Mail', required: true }], {})
    expect(issues[0]).toMatchObject({
      code: 'required',
      field: 'E-Mail',
      message: 'E-Mail: no value gives nothing for email, which must not be empty.',
    })
  })

  it('prefers the plain name over the path, and reads nothing from prototypes', () => {
    const rows = ['a.b', 'c.d', 'l.0.x', 'constructor', '__proto__', 'toString.name'].map((from) => ({
      to: from,
      from,
    }))
    const source = JSON.parse('{"a.b":1,"a":{"b":2},"c":{"d":3},"l":[{"x":4}],"__proto__":{"evil":true}}') as Values
    const { values } = mapRecord(rows, source)
    expect(Object.entries(values)).toEqual([
      ['a.b', 1],
      ['c.d', 3],
      ['l.0.x', 4],
      ['__proto__', { evil: true }],
    ])
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype)
  })

  it('builds objects, conditions and several sources', () => {
    const rows = [
      {
        to: 'address',
        object: [
          { to: 'city', from: 'City' },
          { to: 'zip', from: 'Zip' },
        ],
      },
      { to: 'empty', object: [{ to: 'x', from: 'nowhere' }] },
      { to: 'name', from: ['First', 'Last'], steps: [{ join: { with: ' ' } }] },
      { to: 'vip', value: true, when: { field: 'total', atLeast: '100.00' } },
      { to: 'small', value: true, when: { field: 'total', lessThan: '100.00' } },
    ]
    expect(mapRecord(rows, { City: 'Ulm', Last: 'Kern', total: 100 }).values).toEqual({
      address: { city: 'Ulm' },
      name: 'Kern',
      vip: true,
    })
  })

  it('knows fields and write rules', () => {
    const mapping = compileMapping(
      readMapping([
        { to: 'a', from: 'x' },
        { to: 'b', from: 'y.z', write: 'on-create' },
      ]),
    )
    expect(mapping.targetFields).toEqual(['a', 'b'])
    expect(mapping.sourceFields).toEqual(['x', 'y.z', 'y'])
    expect(['a', 'b', 'c'].map(mapping.writeRuleOf)).toEqual(['always', 'on-create', 'always'])
  })

  it.each([
    [
      [
        { to: 'a', from: 'x' },
        { to: 'a', from: 'y' },
      ],
      'mapping[1].to',
    ],
    [
      [{ to: 'a', items: { from: 'l', rows: [{ to: 'b', from: 'c', steps: [{ extract: { pattern: '(' } }] }] } }],
      'mapping[0].items.rows[0].steps[0].extract.pattern',
    ],
    [
      [{ to: 'a', from: 'b', when: { any: [{ field: 'x', before: '2025-01-01', zone: 'Nowhere' }] } }],
      'mapping[0].when.any[0].zone',
    ],
  ])('refuses a mistake at its place: %#', (rows, place) => {
    expect(refusedPlace(rows)).toBe(place)
  })

  it('refuses an integration zone that does not exist', () => {
    expect(refusedPlace([{ to: 'a', from: 'b' }], { zone: 'Mars/Base', place: 'flow.mapping' })).toBe(
      'flow.mapping.zone',
    )
  })
})

describe('explanation and trace', () => {
  it('explains each row in one sentence', () => {
    expect(
      explainMapping(
        readMapping([
          { to: 'email', from: 'E-Mail', steps: ['trim', 'normalize-email'], required: true },
          { to: 'phone', from: 'Phone', steps: [{ phone: { country: 'US' } }], write: 'when-not-empty' },
          { to: 'source', value: 'shop', write: 'on-create' },
          {
            to: 'tags',
            from: 'Tags',
            steps: [{ split: { on: ',' } }, { each: ['trim', { case: 'lower' }] }],
            default: 'none',
          },
        ]),
      ),
    ).toEqual([
      'email comes from E-Mail: removes spaces at both ends; brings the e-mail address into one form; must not be empty.',
      'phone comes from Phone: brings the phone number into international form (US where it names no country); not written when it is empty.',
      'source is always “shop”; written only to new records.',
      'tags comes from Tags: cuts it at “,”; for each item: removes spaces at both ends, writes it in small letters; when empty, “none”.',
    ])
  })

  it('traces input and output of each step up to the issue', () => {
    const [row] = readMapping([
      { to: 'amount', from: 'Total', steps: ['trim', { money: { currency: 'EUR' } }, { multiply: { by: -1 } }] },
    ])
    if (!row) throw new Error('no row')
    const good = traceRow(row, { Total: ' 1.234,50 ' }, { environment: quiet })
    expect(good).toEqual({
      to: 'amount',
      input: ' 1.234,50 ',
      steps: [
        { step: 'Removes spaces at both ends.', input: ' 1.234,50 ', output: '1.234,50', isStopped: false },
        {
          step: 'Reads an amount in EUR.',
          input: '1.234,50',
          output: { amountMinor: 123450, currency: 'EUR' },
          isStopped: false,
        },
        {
          step: 'Changes the sign.',
          input: { amountMinor: 123450, currency: 'EUR' },
          output: { amountMinor: -123450, currency: 'EUR' },
          isStopped: false,
        },
      ],
      output: { amountMinor: -123450, currency: 'EUR' },
      issues: [],
      questions: [],
    })
    const bad = traceRow(row, { Total: '1,234' }, { environment: quiet })
    expect([bad.steps.map((step) => step.isStopped), bad.issues.map((issue) => issue.code), 'output' in bad]).toEqual([
      [false, true],
      ['ambiguous-number'],
      false,
    ])
  })

  it('traces several sources and lists', () => {
    const [row] = readMapping([{ to: 'name', from: ['First', 'Last'], steps: [{ join: { with: ' ' } }] }])
    if (!row) throw new Error('no row')
    expect(traceRow(row, { Last: 'Kern' }, { environment: quiet })).toMatchObject({
      input: [null, 'Kern'],
      output: 'Kern',
    })
  })
})
