/** Phone, e-mail, country and region as they stand in real address books. */
import { describe, expect, it } from 'vitest'
import type { Value } from '../../model/value.ts'
import { countryRows } from '../data/countries.ts'
import { regionRows } from '../data/regions.ts'
import { nameKey } from '../parse/text.ts'
import { refusedPlace, runSteps } from '../testing/run-steps.ts'

function resultOf(step: unknown, value: Value, options = {}): Value | undefined {
  const outcome = runSteps({ steps: [step], value, record: { land: 'Kanada', none: 'Utopia' }, options })
  return 'issue' in outcome ? outcome.issue : outcome.value
}

describe('phone', () => {
  it.each<[Record<string, unknown>, Value, Value]>([
    [{ country: 'US' }, '(212) 555-0123', '+12125550123'],
    [{ country: 'US' }, ' 212.555.0123\u00A0', '+12125550123'],
    [{ country: 'US' }, '+49 (0)30 901820', '+4930901820'],
    [{ country: 'DE' }, '030 / 90 18 20', '+4930901820'],
    [{ country: 'DE' }, '0044 20 7946 0958', '+442079460958'],
    [{ country: 'US' }, 2125550123, '+12125550123'],
    [{}, '+1 212 555 0123', '+12125550123'],
    [{}, '212 555 0123', 'not-a-phone-number'],
    [{ country: 'US' }, '12', 'not-a-phone-number'],
    [{ country: 'US' }, '000-000-0000', 'not-a-phone-number'],
    [{ country: 'US' }, 'call 212 555 0123 after six', 'not-a-phone-number'],
    [{ country: 'US' }, 'n/a', 'not-a-phone-number'],
    [{ country: 'US' }, '212 555 0123 ext. 7', 'phone-extension'],
    [{ country: 'US', extension: 'drop' }, '212 555 0123 x7', '+12125550123'],
    [{ country: 'US', output: 'national' }, '+12125550123', '(212) 555-0123'],
    [{ country: 'US', output: 'international', extension: 'drop' }, '2125550123 x7', '+1 212 555 0123'],
    [{ country: 'US', check: 'possible' }, '5550100123', '+15550100123'],
    [{ country: 'US' }, ' ', null],
  ])('%j reads %j', (options, value, expected) => {
    expect(resultOf({ phone: options }, value)).toEqual(expected)
  })

  it('takes the country of the integration', () => {
    expect(resultOf('phone', '030 901820', { defaultCountry: 'DE' })).toBe('+4930901820')
  })

  it('refuses a country without phone numbers', () => {
    expect(refusedPlace([{ to: 'a', from: 'b', steps: [{ phone: { country: 'XX' } }] }])).toBe(
      'mapping[0].steps[0].phone.country',
    )
  })
})

describe('normalize-email', () => {
  it.each<[Value, Value]>([
    [' Anna.Kern@Example.COM ', 'anna.kern@example.com'],
    ['mailto:a@b.de', 'a@b.de'],
    ['Anna Kern <Anna@Example.com>', 'anna@example.com'],
    ['a\u200Bb@c.de', 'ab@c.de'],
    ['jörg@müller.de', 'jörg@müller.de'],
    ["o'neill+shop@example.co.uk", "o'neill+shop@example.co.uk"],
    ['a@b.de.', 'a@b.de'],
    ['', null],
    ['a@b', 'not-an-email'],
    ['a@@b.de', 'not-an-email'],
    ['a b@c.de', 'not-an-email'],
    ['.a@b.de', 'not-an-email'],
    ['a..b@c.de', 'not-an-email'],
    ['a@-b.de', 'not-an-email'],
    ['a@b..de', 'not-an-email'],
    ['a@127.0.0.1', 'not-an-email'],
    ['a@b.de, c@d.de', 'not-an-email'],
    ['none', 'not-an-email'],
    [`${'a'.repeat(65)}@b.de`, 'not-an-email'],
  ])('reads %j', (value, expected) => {
    expect(resultOf('normalize-email', value)).toEqual(expected)
  })
})

describe('country and region', () => {
  it.each<[unknown, Value, Value]>([
    ['country', 'Germany', 'DE'],
    ['country', 'DEUTSCHLAND', 'DE'],
    ['country', 'Allemagne', 'DE'],
    ['country', 'Alemania', 'DE'],
    ['country', 'deu', 'DE'],
    ['country', 'de', 'DE'],
    ['country', 'U.S.A.', 'US'],
    ['country', 'États-Unis', 'US'],
    ['country', 'Etats Unis', 'US'],
    ['country', 'EE. UU.', 'US'],
    ['country', 'Vereinigte Staaten von Amerika', 'US'],
    ['country', 'UK', 'GB'],
    ['country', 'Großbritannien', 'GB'],
    ['country', 'O\u0308sterreich', 'AT'],
    ['country', "Côte d'Ivoire", 'CI'],
    ['country', 'Trinidad & Tobago', 'TT'],
    ['country', 'Congo', 'unknown-country'],
    ['country', 'Utopia', 'unknown-country'],
    [{ country: { output: 'alpha-3' } }, 'Schweiz', 'CHE'],
    [{ country: { output: 'name' } }, 'Suisse', 'Switzerland'],
    [{ region: { country: 'US' } }, 'california', 'CA'],
    [{ region: { country: 'US' } }, 'Calif.', 'CA'],
    [{ region: { country: 'US' } }, 'N.Y.', 'NY'],
    [{ region: { country: 'US', output: 'iso' } }, 'Nueva York', 'US-NY'],
    [{ region: { country: 'US', output: 'name' } }, 'us-dc', 'District of Columbia'],
    [{ region: { country: 'CA' } }, 'Québec', 'QC'],
    [{ region: { country: 'CA' } }, 'Nouvelle-Ecosse', 'NS'],
    [{ region: { country: 'AU' } }, 'New South Wales', 'NSW'],
    [{ region: { countryFrom: 'land' } }, 'ontario', 'ON'],
    [{ region: { countryFrom: 'none' } }, 'ontario', 'unknown-region'],
    [{ region: { country: 'US' } }, 'Ontario', 'unknown-region'],
    [{ region: { country: 'DE' } }, 'Bayern', 'Bayern'],
    [{ region: { country: 'DE', otherCountries: 'issue' } }, 'Bayern', 'unknown-region'],
  ])('%j reads %j', (step, value, expected) => {
    expect(resultOf(step, value)).toEqual(expected)
  })

  it('has no name that means two countries or two regions', () => {
    const tables = [countryRows, ...Object.values(regionRows)]
    const doubles = tables.flatMap((rows) => {
      const owners = new Map<string, string>()
      return rows.flatMap((row) => {
        const [code = '', ...names] = row.split('|')
        return [code, ...names].filter((name) => {
          const owner = owners.get(nameKey(name))
          owners.set(nameKey(name), code)
          return owner !== undefined && owner !== code
        })
      })
    })
    expect(doubles).toEqual([])
    expect(countryRows.length).toBe(250)
  })
})
