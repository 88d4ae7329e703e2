/**
 * For the speed test: seven typical rows, and plain code written by hand for the same result with the same phone
 * library. The rounds alternate, so that both sides meet the same machine; the best round of each counts.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Value, Values } from '../../model/value.ts'
import { compileMapping } from '../compile-mapping.ts'
import { readMapping } from '../read-mapping.ts'
import { quiet } from './run-steps.ts'

const mapping = compileMapping(
  readMapping([
    { to: 'name', from: 'Name', steps: ['trim', 'collapse-spaces'] },
    { to: 'email', from: 'E-Mail', steps: ['normalize-email'] },
    { to: 'phone', from: 'Phone', steps: [{ phone: { country: 'US' } }] },
    { to: 'since', from: 'Since', steps: [{ date: { order: 'month-first' } }] },
    { to: 'balance', from: 'Balance', steps: [{ money: { currency: 'USD', unit: 'minor', output: 'decimal' } }] },
    { to: 'status', from: 'Status', steps: [{ 'map-values': { values: { a: 'active', i: 'inactive' } } }] },
    { to: 'id', from: 'Id' },
  ]),
)

const statuses = new Map([
  ['a', 'active'],
  ['i', 'inactive'],
])

/** As a careful programmer would write it for this one case: every value is checked, nothing else is supported. */
export function byHand(source: Values): Record<string, Value> {
  const { Name, Phone, Since, Balance, Status, Id } = source
  const email = String(source['E-Mail']).trim().toLowerCase()
  if (!/^[a-z0-9._%+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,62})\.)+[a-z]{2,63}$/.test(email)) throw new Error('email')
  const phone = parsePhoneNumberFromString(String(Phone), { defaultCountry: 'US', extract: false })
  if (!phone?.isValid()) throw new Error('phone')
  const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(String(Since))
  if (!found) throw new Error('date')
  const [, month = '', day = '', year = ''] = found
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (date.getUTCDate() !== Number(day)) throw new Error('date')
  if (!Number.isSafeInteger(Balance)) throw new Error('balance')
  const minor = String(Math.abs(Number(Balance))).padStart(3, '0')
  const status = statuses.get(String(Status))
  if (status === undefined) throw new Error('status')
  return {
    name: String(Name).trim().replace(/\s+/g, ' '),
    email,
    phone: phone.number,
    since: date.toISOString().slice(0, 10),
    balance: `${Number(Balance) < 0 ? '-' : ''}${minor.slice(0, -2)}.${minor.slice(-2)}`,
    status,
    id: Id ?? null,
  }
}

export const records: readonly Values[] = Array.from({ length: 2000 }, (_, index) => ({
  Name: ` Anna  Kern ${index} `,
  'E-Mail': `Anna.Kern${index}@Example.com`,
  Phone: `(212) 555-${String(1000 + (index % 9000))}`,
  Since: `${1 + (index % 12)}/${1 + (index % 28)}/2024`,
  Balance: index * 7 - 3000,
  Status: index % 2 === 0 ? 'a' : 'i',
  Id: index,
}))

/** The mapping's result for a record. */
export function byMapping(source: Values): unknown {
  return mapping.evaluate(source, quiet)
}

export interface Speed {
  readonly mappingUs: number
  readonly plainUs: number
}

/** Microseconds per record of the best of `rounds` rounds. `nowMs` is a clock with fractions of milliseconds. */
export function measureSpeed(rounds: number, nowMs: () => number): Speed {
  const best = { mappingUs: Number.POSITIVE_INFINITY, plainUs: Number.POSITIVE_INFINITY }
  const measure = (run: (record: Values) => unknown): number => {
    const start = nowMs()
    for (const record of records) run(record)
    return ((nowMs() - start) * 1000) / records.length
  }
  for (let round = 0; round < rounds; round++) {
    best.mappingUs = Math.min(best.mappingUs, measure(byMapping))
    best.plainUs = Math.min(best.plainUs, measure(byHand))
  }
  return best
}
