/**
 * Whom the sample business writes invoices to: 60 customers of the books, most of them known to the CRM, a good part
 * under another spelling. Names are unique in the books; in the CRM they are not.
 */
import { seededRandom } from '../kit/seeded-random.ts'
import { plannedContacts } from './crm-population.ts'
import type { Country } from './name-pools.ts'
import { type SampleCompany, sampleCompanies } from './sample-companies.ts'
import type { SamplePerson } from './sample-people.ts'

/** How a customer of the books stands to the CRM. */
export type BooksOverlap = 'same-name' | 'other-spelling' | 'books-only'

export interface PlannedCustomer {
  readonly overlap: BooksOverlap
  readonly name: string
  readonly email: string
  readonly phone: string | null
  readonly country: Country
  readonly street: string
  readonly postalCode: string
  readonly city: string
  readonly isCompany: boolean
}

const companyCount = 36
const personCount = 16
const booksOnlyCount = 8

/** Always the same 60 customers. */
export function plannedCustomers(): readonly PlannedCustomer[] {
  const companies = sampleCompanies()
  const known = companies.slice(0, companyCount).map((company) => ofCompany(company, 'in-crm'))
  const foreign = companies.filter((company) => !company.isInCrm).slice(0, booksOnlyCount)
  const people = billedPeople().map(ofPerson)
  return withFreeNames([...known, ...people, ...foreign.map((company) => ofCompany(company, 'not-in-crm'))])
}

function billedPeople(): readonly SamplePerson[] {
  const random = seededRandom(1_912)
  const fitting = plannedContacts().filter(({ overlap, person }) => overlap === 'same' && person.script === 'latin')
  return random
    .shuffle(fitting)
    .slice(0, personCount)
    .map(({ person }) => person)
}

/** The first 20 companies have names of their own; later ones share theirs, and the books tell them apart by the town. */
function ofCompany(company: SampleCompany, known: 'in-crm' | 'not-in-crm'): PlannedCustomer {
  const isRespelled = company.index >= 20 || company.index % 3 === 1
  const overlap = known === 'not-in-crm' ? 'books-only' : isRespelled ? 'other-spelling' : 'same-name'
  const { country, street, postalCode, city, domain } = company
  const name = company.index >= 20 ? `${company.name}, ${city}` : isRespelled ? respelled(company.name) : company.name
  return { overlap, name, email: `accounts@${domain}`, phone: null, country, street, postalCode, city, isCompany: true }
}

function ofPerson(person: SamplePerson, nth: number): PlannedCustomer {
  const isTurned = nth % 3 === 1
  const { firstName, lastName, email, phone, country, street, postalCode, city } = person
  return {
    overlap: isTurned ? 'other-spelling' : 'same-name',
    name: isTurned ? `${lastName}, ${firstName}` : `${firstName} ${lastName}`,
    email,
    phone,
    country,
    street,
    postalCode,
    city,
    isCompany: false,
  }
}

/** As somebody writes a company down who heard its name on the phone. */
function respelled(name: string): string {
  const plain = name.replaceAll('"', '').replaceAll('&', 'and').replaceAll('ü', 'ue').replaceAll('ö', 'oe')
  return plain === name ? `The ${name}` : plain
}

function withFreeNames(customers: readonly PlannedCustomer[]): PlannedCustomer[] {
  const taken = new Set<string>()
  return customers.map((customer) => {
    let name = customer.name
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${customer.name} (${number})`
    taken.add(name.toLowerCase())
    return { ...customer, name }
  })
}
