/**
 * What already stands in the practice books: 60 customers, 12 items, 40 invoices of 2025 and 25 payments of them. The
 * shape is that of the service's `--seed` file (see the README of the practice books).
 */
import type { Json, JsonObject } from '#shared/json.ts'
import { type SeededRandom, seededRandom } from '../kit/seeded-random.ts'
import { type PlannedCustomer, plannedCustomers } from './books-customers.ts'
import type { SeedRecord } from './crm-population.ts'
import type { Country } from './name-pools.ts'
import { daysAfter, pastInstants } from './past.ts'

export interface BooksPopulation {
  readonly customers: readonly SeedRecord[]
  readonly items: readonly SeedRecord[]
  readonly invoices: readonly SeedRecord[]
  readonly payments: readonly SeedRecord[]
}

const invoiceCount = 40
const paymentCount = 25
/** Every so many-th payment pays only a part. */
const partEvery = 3

const termsDays = [7, 14, 30] as const
const currencies: Readonly<Record<Country, string>> = { GB: 'GBP', DE: 'EUR', US: 'USD' }
const taxRates: Readonly<Record<Country, number>> = { GB: 20, DE: 19, US: 0 }
/** Prices abroad in hundredths of the price at home. */
const priceLevels: Readonly<Record<Country, number>> = { GB: 100, DE: 117, US: 127 }

/** Item number, name, unit, price in pence. */
const items = [
  ['ESP-1KG', 'Espresso "Harbour Dark", 1 kg', 'kg', 2_450],
  ['ESP-250', 'Espresso "Harbour Dark", 250 g', 'piece', 725],
  ['FIL-1KG', 'Filter "Finch Light", 1 kg', 'kg', 2_690],
  ['FIL-250', 'Filter "Finch Light", 250 g', 'piece', 795],
  ['DEC-1KG', 'Decaf "Quiet Quay", 1 kg', 'kg', 2_780],
  ['GREEN-5', 'Green beans, 5 kg', 'piece', 6_900],
  ['CUP-6', 'Espresso cups, set of 6', 'piece', 3_900],
  ['GRIND-2', 'Grinder "Mk II"', 'piece', 48_900],
  ['TRAIN-H', 'Barista training', 'hour', 9_500],
  ['SERV-H', 'Machine service', 'hour', 7_800],
  ['FILT-100', 'Paper filters, 100', 'piece', 450],
  ['SHIP-EU', 'Delivery', 'piece', 1_290],
] as const

interface PlannedLine {
  readonly item: number
  readonly quantity: number
  readonly priceMinor: number
}

interface PlannedInvoice {
  readonly nth: number
  readonly customer: number
  readonly country: Country
  readonly issuedOn: string
  readonly dueOn: string
  readonly lines: readonly PlannedLine[]
}

/** Always the same population; every record of it passes the service's own checks. */
export function practiceBooksPopulation(): BooksPopulation {
  const random = seededRandom(2_025_01)
  const customers = plannedCustomers()
  const records = customers.map((customer, nth) => customerOf(random, customer, nth))
  const invoices = Array.from({ length: invoiceCount }, (_, nth) => planInvoice(random, customers, nth))
  return {
    customers: records,
    items: items.map((_, nth) => itemOf(random, nth)),
    invoices: invoices.map((invoice) => invoiceOf(invoice)),
    payments: invoices.slice(0, paymentCount).map((invoice) => paymentOf(random, invoice)),
  }
}

function customerOf(random: SeededRandom, customer: PlannedCustomer, nth: number): SeedRecord {
  const { country, name, email, phone, street, postalCode, city, isCompany } = customer
  return {
    key: `customer-${nth}`,
    ...pastInstants(random),
    fields: {
      name,
      email,
      phone,
      street,
      postal_code: postalCode,
      city,
      country,
      vat_number: isCompany && country !== 'US' ? `${country}${random.integer(100_000_000, 999_999_999)}` : null,
      currency: currencies[country],
      payment_terms_days: termsDays[nth % termsDays.length] ?? 14,
      memo: nth % 13 === 4 ? 'pays late, call first' : null,
    },
  }
}

function itemOf(random: SeededRandom, nth: number): SeedRecord {
  const [sku, name, unit, priceMinor] = items[nth] ?? items[0]
  return {
    key: `item-${nth}`,
    ...pastInstants(random),
    fields: { sku, name, unit, unit_price: amount(priceMinor, 'GBP') },
  }
}

function planInvoice(random: SeededRandom, customers: readonly PlannedCustomer[], nth: number): PlannedInvoice {
  const customer = random.integer(0, customers.length - 1)
  const country = customers[customer]?.country ?? 'GB'
  // Four days apart: from January into June.
  const issuedOn = daysAfter('2025-01-06', nth * 4)
  return {
    nth,
    customer,
    country,
    issuedOn,
    dueOn: daysAfter(issuedOn, termsDays[customer % termsDays.length] ?? 14),
    lines: Array.from({ length: random.integer(1, 4) }, () => planLine(random, country)),
  }
}

function planLine(random: SeededRandom, country: Country): PlannedLine {
  const item = random.integer(0, items.length - 1)
  const [, , , priceMinor] = items[item] ?? items[0]
  return { item, quantity: random.integer(1, 12), priceMinor: Math.round((priceMinor * priceLevels[country]) / 100) }
}

function invoiceOf({ nth, customer, country, issuedOn, dueOn, lines }: PlannedInvoice): SeedRecord {
  return {
    key: `invoice-${nth}`,
    created_at: `${issuedOn}T10:15:00.000Z`,
    updated_at: `${issuedOn}T10:20:00.000Z`,
    fields: {
      number: `HF-2025-${String(nth + 1).padStart(4, '0')}`,
      customer_id: `customer-${customer}`,
      issued_on: issuedOn,
      due_on: dueOn,
      lines: lines.map((line) => lineOf(line, country)),
    },
  }
}

function lineOf({ item, quantity, priceMinor }: PlannedLine, country: Country): JsonObject {
  return {
    item_id: `item-${item}`,
    description: items[item]?.[1] ?? null,
    quantity: String(quantity),
    unit_price: amount(priceMinor, currencies[country]),
    tax_rate: String(taxRates[country]),
  }
}

function paymentOf(random: SeededRandom, invoice: PlannedInvoice): SeedRecord {
  const { nth, issuedOn, country } = invoice
  const isPart = nth % partEvery === partEvery - 1
  const receivedOn = daysAfter(issuedOn, random.integer(2, 40))
  const totalMinor = totalOf(invoice)
  return {
    key: `payment-${nth}`,
    created_at: `${receivedOn}T15:00:00.000Z`,
    updated_at: `${receivedOn}T15:00:00.000Z`,
    fields: {
      reference: `${nth % 4 === 0 ? 'CARD' : 'SEPA'}-${random.integer(100_000, 999_999)}-${nth + 1}`,
      invoice_id: `invoice-${nth}`,
      amount: amount(isPart ? Math.floor(totalMinor / 2) : totalMinor, currencies[country]),
      received_on: receivedOn,
      method: nth % 4 === 0 ? 'card' : 'bank',
    },
  }
}

/** Whole quantities and rates: each line rounds its tax by itself, half up. */
function totalOf({ lines, country }: PlannedInvoice): number {
  const rate = taxRates[country]
  return lines.reduce((sum, { quantity, priceMinor }) => {
    const net = quantity * priceMinor
    return sum + net + Math.floor((net * rate + 50) / 100)
  }, 0)
}

/** All currencies of the sample have two digits. */
function amount(minor: number, currency: string): Json {
  const text = String(minor).padStart(3, '0')
  return { amount: `${text.slice(0, -2)}.${text.slice(-2)}`, currency }
}

export const booksCounts = {
  items: items.length,
  invoices: invoiceCount,
  payments: paymentCount,
  /** Payments of the whole sum, and as many invoices without anything open. */
  paidInvoices: paymentCount - Math.floor(paymentCount / partEvery),
} as const
