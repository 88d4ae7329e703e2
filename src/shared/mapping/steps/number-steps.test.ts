/** Numbers and money: every way people write them, exact to the last cent, an issue where it would be a guess. */
import { describe, expect, it } from 'vitest'
import type { Value } from '../../model/value.ts'
import { refusedPlace, runSteps, type StepOutcome } from '../testing/run-steps.ts'

const eur = (amountMinor: number): StepOutcome => ({ value: { amountMinor, currency: 'EUR' } })
const issue = (code: string): StepOutcome => ({ issue: code })

function money(options: Record<string, unknown>, value: Value, record = {}): StepOutcome {
  return runSteps({ steps: [{ money: options }], value, record })
}

describe('money', () => {
  it.each<[Value, StepOutcome]>([
    ['1.234,56', eur(123456)],
    ['1,234.56', eur(123456)],
    ["1'234.50", eur(123450)],
    ['1’234.50', eur(123450)],
    ['1 234 567,89', eur(123456789)],
    ['1\u202F234,50 €', eur(123450)],
    ['€ 12,-', eur(1200)],
    ['12.--', eur(1200)],
    ['EUR 12.50', eur(1250)],
    ['12.50 Euro', eur(1250)],
    ['(12.50)', eur(-1250)],
    ['12.50-', eur(-1250)],
    ['−12,50', eur(-1250)],
    ['-€12.50', eur(-1250)],
    ['€-12.50', eur(-1250)],
    ['+3', eur(300)],
    [',5', eur(50)],
    ['12.500,00', eur(1250000)],
    ['19.900000', eur(1990)],
    ['１２.５０', eur(1250)],
    ['١٢٫٥', eur(1250)],
    ['12,34,567.89', eur(123456789)],
    [19.9, eur(1990)],
    [0.1, eur(10)],
    [1e3, eur(100000)],
    [-0, eur(0)],
    ['-0.00', eur(0)],
    [{ amountMinor: 5, currency: 'EUR' }, eur(5)],
    ['', { value: null }],
    [' \u00A0', { value: null }],
    [null, { value: null }],
    ['1,234', issue('ambiguous-number')],
    ['1.234', issue('ambiguous-number')],
    ['12.345,678', issue('too-many-decimals')],
    ['12.345.6', issue('not-a-number')],
    ['1,23,4', issue('not-a-number')],
    ['1.234 567,8', issue('not-a-number')],
    ['(5', issue('not-a-number')],
    ['-5-', issue('not-a-number')],
    ['12-34', issue('not-a-number')],
    ['1e5', issue('not-a-number')],
    ['12 apples', issue('not-a-number')],
    ['twelve', issue('not-a-number')],
    ['$12', issue('other-currency')],
    ['12 USD', issue('other-currency')],
    [0.1 + 0.2, issue('too-many-decimals')],
    [1e300, issue('too-long')],
    ['90071992547409.93', issue('amount-too-large')],
    [{ amountMinor: 5, currency: 'USD' }, issue('other-currency')],
    [true, issue('not-a-number')],
    [['1'], issue('not-a-number')],
  ])('reads %j', (value, expected) => {
    expect(money({ currency: 'EUR' }, value)).toEqual(expected)
  })

  it.each<[string, '.' | ',', StepOutcome]>([
    ['1,234', ',', issue('too-many-decimals')],
    ['1,234', '.', eur(123400)],
    ['1.234', ',', eur(123400)],
    ['1.23', ',', issue('not-a-number')],
    ['1.234', '.', issue('too-many-decimals')],
    ['12,50', ',', eur(1250)],
  ])('reads %s with the decimal mark %s', (value, decimalMark, expected) => {
    expect(money({ currency: 'EUR', decimalMark }, value)).toEqual(expected)
  })

  it.each<[string, Value, Value]>([
    ['JPY', '1500', { amountMinor: 1500, currency: 'JPY' }],
    ['JPY', '¥1,500', 'ambiguous-number'],
    ['JPY', '15.5', 'too-many-decimals'],
    ['KWD', '1.5', { amountMinor: 1500, currency: 'KWD' }],
    ['KWD', 1.234, { amountMinor: 1234, currency: 'KWD' }],
    ['HUF', '15.5', { amountMinor: 1550, currency: 'HUF' }],
    ['USD', 'US$ 1', { amountMinor: 100, currency: 'USD' }],
    ['CAD', '$1', { amountMinor: 100, currency: 'CAD' }],
    ['CHF', 'Fr. 12.50', { amountMinor: 1250, currency: 'CHF' }],
    ['SEK', '12:50', 'not-a-number'],
  ])('knows the decimals and signs of %s: %j', (currency, value, expected) => {
    const outcome = money({ currency }, value)
    expect('issue' in outcome ? outcome.issue : outcome.value).toEqual(expected)
  })

  it.each<[Record<string, unknown>, Value, Value]>([
    [{ currency: 'EUR', unit: 'minor' }, 1990, { amountMinor: 1990, currency: 'EUR' }],
    [{ currency: 'EUR', unit: 'minor', output: 'decimal' }, '1990', '19.90'],
    [{ currency: 'EUR', unit: 'minor', output: 'decimal' }, -5, '-0.05'],
    [{ currency: 'EUR', output: 'minor' }, '19.90', 1990],
    [{ currency: 'JPY', output: 'decimal' }, '19', '19'],
    [{ currency: 'KWD', output: 'decimal' }, '-0.5', '-0.500'],
    [{ currency: 'EUR', rounding: 'half-up' }, '0.125', { amountMinor: 13, currency: 'EUR' }],
    [{ currency: 'EUR', rounding: 'half-even' }, '0.125', { amountMinor: 12, currency: 'EUR' }],
    [{ currency: 'EUR', rounding: 'half-up' }, '-0.125', { amountMinor: -13, currency: 'EUR' }],
    [{ currency: 'EUR', rounding: 'down' }, '-0.129', { amountMinor: -12, currency: 'EUR' }],
    [{ currency: 'EUR', rounding: 'up' }, '0.121', { amountMinor: 13, currency: 'EUR' }],
    [{ currency: 'EUR', unit: 'minor' }, '19.5', 'too-many-decimals'],
    [{}, '12.50 CHF', { amountMinor: 1250, currency: 'CHF' }],
    [{}, '£3', 'unknown-currency'],
    [{}, '3', 'unknown-currency'],
    [{ currencyFrom: 'currency' }, '3', { amountMinor: 300, currency: 'USD' }],
    [{ currencyFrom: 'wrong' }, '3', 'unknown-currency'],
  ])('takes %j for %j', (options, value, expected) => {
    const outcome = money(options, value, { currency: ' usd ', wrong: 'dollars' })
    expect('issue' in outcome ? outcome.issue : outcome.value).toEqual(expected)
  })

  it('names the place of a currency that does not exist', () => {
    expect(refusedPlace([{ to: 'a', from: 'b', steps: [{ money: { currency: 'XYZ' } }] }])).toBe(
      'mapping[0].steps[0].money.currency',
    )
  })
})

describe('number steps', () => {
  it.each<[unknown, Value, Value]>([
    ['to-number', '1.234,5', 1234.5],
    ['to-number', '12345678901234567', 'number-too-exact'],
    ['to-decimal', '12345678901234567.80', '12345678901234567.8'],
    [{ 'to-decimal': { places: 2 } }, '5', '5.00'],
    [{ 'to-decimal': { places: 2 } }, '5.0012', 'too-many-decimals'],
    [{ 'to-decimal': { places: 2, rounding: 'half-up' } }, '5.0050', '5.01'],
    ['to-decimal', { amountMinor: 1990, currency: 'EUR' }, '19.9'],
    ['to-decimal', '12 EUR', 'not-a-number'],
    ['to-decimal', '12%', 'not-a-number'],
    ['to-number', '', null],
    [{ round: { places: 1, mode: 'half-up' } }, 0.25, 0.3],
    [{ round: { places: 0, mode: 'half-even' } }, '2.5', '2'],
    [{ round: { places: 2, mode: 'half-up' } }, '1.005', '1.01'],
    [{ multiply: { by: -1 } }, { amountMinor: 500, currency: 'EUR' }, { amountMinor: -500, currency: 'EUR' }],
    [{ multiply: { by: '1.19' } }, { amountMinor: 999, currency: 'EUR' }, 'too-many-decimals'],
    [
      { multiply: { by: '1.19', rounding: 'half-up' } },
      { amountMinor: 999, currency: 'EUR' },
      { amountMinor: 1189, currency: 'EUR' },
    ],
    [{ multiply: { by: '0.1' } }, 3, 0.3],
    [{ multiply: { byField: 'quantity' } }, '19.99', '59.97'],
    [{ multiply: { byField: 'name' } }, '19.99', 'not-a-number'],
    ['count', [1, 2], 2],
    ['count', 'ab', 'not-a-list'],
    ['sum', [0.1, 0.2, '0.3', null, ''], '0.6'],
    ['sum', [], '0'],
    [
      'sum',
      [
        { amountMinor: 5, currency: 'EUR' },
        { amountMinor: 6, currency: 'EUR' },
      ],
      { amountMinor: 11, currency: 'EUR' },
    ],
    [
      'sum',
      [
        { amountMinor: 5, currency: 'EUR' },
        { amountMinor: 6, currency: 'USD' },
      ],
      'mixed-currencies',
    ],
    ['sum', [{ amountMinor: 5, currency: 'EUR' }, 6], 'mixed-currencies'],
    ['sum', ['1,234'], 'ambiguous-number'],
    [{ sum: { field: 'p', times: 'q' } }, [{ p: '19.90', q: 2 }, { p: 0.1, q: '3' }, { q: 1 }], '40.1'],
  ])('%j takes %j', (step, value, expected) => {
    const outcome = runSteps({ steps: [step], value, record: { quantity: 3, name: 'x' } })
    expect('issue' in outcome ? outcome.issue : outcome.value).toEqual(expected)
  })
})
