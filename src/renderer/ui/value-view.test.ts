import { describe, expect, it } from 'vitest'
import { fieldLabel, moneyText, valueText } from './value-view.ts'

const reader = { locale: 'en-GB', zone: 'Europe/London' }

describe('valueText', () => {
  const cases = [
    ['nothing', null, null],
    ['an empty text', '', null],
    ['yes', true, 'Yes'],
    ['a number that may be a customer number', 20_260_001, '20260001'],
    ['an exact decimal as it is', '19.90', '19.90'],
    ['a date', '2024-03-01', '1 Mar 2024'],
    ['an instant', '2024-03-01T09:05:00.000Z', '1 Mar 2024, 09:05'],
    ['text that only begins like a date', '2024-03-01 or later', '2024-03-01 or later'],
    ['money', { amountMinor: 275_050, currency: 'EUR' }, '€2,750.50'],
    ['a list', ['a', null, 'b'], 'a · – · b'],
    ['a group of fields without braces', { street: 'Elm 1', paid: false }, 'Street: Elm 1, Paid: No'],
    ['an empty list', [], null],
  ] as const
  for (const [what, value, text] of cases) {
    it(`shows ${what}`, () => expect(valueText(value, reader)).toBe(text))
  }
})

describe('moneyText', () => {
  const cases = [
    [{ amountMinor: 5, currency: 'EUR' }, '€0.05'],
    [{ amountMinor: -199, currency: 'GBP' }, '-£1.99'],
    [{ amountMinor: 1_500, currency: 'JPY' }, 'JP¥1,500'],
    [{ amountMinor: 1_234, currency: 'KWD' }, 'KWD\u00a01.234'],
    [{ amountMinor: 9_007_199_254_740_991, currency: 'USD' }, 'US$90,071,992,547,409.91'],
  ] as const
  for (const [money, text] of cases) {
    it(`shows ${money.amountMinor} ${money.currency} to the smallest unit`, () =>
      expect(moneyText(money, reader)).toBe(text))
  }

  it('shows a currency nobody knows with its code instead of failing', () => {
    expect(moneyText({ amountMinor: 100, currency: '??' }, reader)).toBe('1.00 ??')
  })
})

describe('fieldLabel', () => {
  it('makes words of technical names and leaves human ones', () => {
    expect(['first_name', 'firstName', 'Customer no.', 'E-mail', 'IBAN', '_'].map(fieldLabel)).toEqual([
      'First name',
      'First name',
      'Customer no.',
      'E-mail',
      'IBAN',
      '_',
    ])
  })
})
