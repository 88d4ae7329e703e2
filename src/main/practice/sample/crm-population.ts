/**
 * What already stands in the practice CRM before the first sync: 200 contacts that partly agree with customers.csv,
 * 60 companies, 80 deals. The shape is that of the service's `--seed` file (see the README of the practice CRM).
 */
import type { Json } from '#shared/json.ts'
import { type SeededRandom, seededRandom } from '../kit/seeded-random.ts'
import { pastInstants } from './past.ts'
import { crmCompanyCount, sampleCompanies } from './sample-companies.ts'
import type { SamplePerson } from './sample-people.ts'
import { type SampleRow, sampleRows } from './sample-rows.ts'

export interface SeedRecord {
  readonly key: string
  readonly created_at: string
  readonly updated_at: string
  readonly fields: Readonly<Record<string, Json>>
}

export interface CrmPopulation {
  readonly companies: readonly SeedRecord[]
  readonly contacts: readonly SeedRecord[]
  readonly deals: readonly SeedRecord[]
}

/** How a contact of the CRM stands to the row of customers.csv with the same person. */
export type Overlap =
  | 'same'
  | 'other-phone'
  | 'moved'
  | 'other-newsletter'
  | 'other-last-name'
  | 'no-email-either-side'
  | 'crm-only'

export interface PlannedContact {
  readonly overlap: Overlap
  readonly person: SamplePerson
  /** The address stands in the CRM in capital letters. */
  readonly isShouted: boolean
}

const overlapCounts: readonly (readonly [Overlap, number])[] = [
  ['same', 50],
  ['other-phone', 40],
  ['moved', 25],
  ['other-newsletter', 20],
  ['other-last-name', 15],
  ['no-email-either-side', 6],
]
const crmOnlyCount = 44
const dealCount = 80

/** The 200 contacts with their relation to the file: the expected truth of a first sync. */
export function plannedContacts(): readonly PlannedContact[] {
  const random = seededRandom(5_551_212)
  const rows = random.shuffle(sampleRows().filter(isSingle))
  const named = overlapCounts.flatMap(([overlap, count]) => {
    const fitting = rows.filter((row) => fits(overlap, row)).slice(0, count)
    for (const row of fitting) rows.splice(rows.indexOf(row), 1)
    return fitting.map((row, nth) => ({
      overlap,
      person: row.person,
      isShouted: overlap !== 'no-email-either-side' && nth % 8 === 7,
    }))
  })
  return [...named, ...crmOnlyPeople(random, rows)]
}

/** A row of somebody who is not in the file under the same number twice, and whose values are all usable. */
function isSingle(row: SampleRow): boolean {
  return row.person.index < 10_000 && !row.person.customerNo.startsWith('HF-8') && !row.kinds.has('duplicate-exact')
}

function fits(overlap: Overlap, row: SampleRow): boolean {
  if (overlap === 'no-email-either-side') return row.kinds.has('no-email') && row.clean.phone !== null
  const { email, phone, newsletter, customerSince } = row.clean
  const isPlainName =
    !row.kinds.has('shouted-name') &&
    !row.kinds.has('emoji') &&
    !row.kinds.has('decomposed') &&
    !row.kinds.has('zero-width')
  return email !== null && phone !== null && newsletter !== null && customerSince !== null && isPlainName
}

function crmOnlyPeople(random: SeededRandom, rows: readonly SampleRow[]): PlannedContact[] {
  return rows.slice(0, crmOnlyCount).map(({ person }, nth) => ({
    overlap: 'crm-only',
    isShouted: false,
    person: {
      ...person,
      email: `lead${nth + 1}.${person.email}`,
      phone: `+442079460${String(random.integer(100, 999))}`,
    },
  }))
}

/** Always the same population; every record of it passes the service's own checks. */
export function practiceCrmPopulation(): CrmPopulation {
  const random = seededRandom(90_210)
  const contacts = plannedContacts().map((planned, nth) => contactOf(random, planned, nth))
  return {
    companies: sampleCompanies()
      .filter((company) => company.isInCrm)
      .map((company) => ({
        key: `company-${company.index}`,
        ...pastInstants(random),
        fields: {
          name: company.name,
          domain: company.domain,
          street: company.street,
          postal_code: company.postalCode,
          city: company.city,
          country: company.country,
          industry: company.industry,
          employees: company.employees + (company.index % 4 === 0 ? 5 : 0),
        },
      })),
    contacts,
    deals: Array.from({ length: dealCount }, (_, nth) => dealOf(random, nth)),
  }
}

function contactOf(random: SeededRandom, { overlap, person, isShouted }: PlannedContact, nth: number): SeedRecord {
  const email = overlap === 'no-email-either-side' ? null : isShouted ? person.email.toUpperCase() : person.email
  const hasMoved = overlap === 'moved'
  return {
    key: `contact-${nth}`,
    ...pastInstants(random),
    fields: {
      email,
      first_name: person.firstName,
      last_name: overlap === 'other-last-name' ? `${person.lastName}-Finch` : person.lastName,
      phone: overlap === 'other-phone' ? `+442079460${String(100 + nth)}` : person.phone,
      street: hasMoved ? '1 Old Harbour Road' : person.street,
      postal_code: hasMoved ? 'PL1 2NE' : person.postalCode,
      city: hasMoved ? 'Plymouth' : person.city,
      country: hasMoved ? 'GB' : person.country,
      customer_since: person.customerSince,
      newsletter: overlap === 'other-newsletter' ? !person.newsletter : person.newsletter,
      lifecycle: overlap === 'crm-only' ? 'lead' : 'customer',
      ...(nth % 5 === 0 ? { company_id: `company-${nth % crmCompanyCount}` } : {}),
    },
  }
}

function dealOf(random: SeededRandom, nth: number): SeedRecord {
  const currency = random.pick(['EUR', 'GBP', 'GBP', 'USD', 'JPY'])
  return {
    key: `deal-${nth}`,
    ...pastInstants(random),
    fields: {
      title: `${random.pick(['Espresso subscription', 'Wholesale beans, 20 kg', 'Grinder "Mk II"', 'Barista training', 'Machine service'])} #${nth + 1}`,
      stage: random.pick(['new', 'qualified', 'proposal', 'won', 'lost']),
      // Yen have no smaller unit: the same integer means yen there and cents elsewhere.
      amount_minor: currency === 'JPY' ? random.integer(1_000, 900_000) : random.integer(9_900, 1_250_000),
      currency,
      company_id: `company-${random.integer(0, crmCompanyCount - 1)}`,
      contact_id: `contact-${nth * 2}`,
      close_date: `2026-${String(random.integer(1, 12)).padStart(2, '0')}-${String(random.integer(1, 28)).padStart(2, '0')}`,
    },
  }
}
