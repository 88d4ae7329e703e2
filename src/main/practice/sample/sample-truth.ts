/** What is true of the sample business: counts that a test may demand of a sync, an import or a duplicate finder. */
import { type BooksOverlap, plannedCustomers } from './books-customers.ts'
import { booksCounts } from './books-population.ts'
import { type Overlap, plannedContacts } from './crm-population.ts'
import { type ListOverlap, plannedSubscribers } from './list-population.ts'
import { sampleCompanies } from './sample-companies.ts'
import { type SampleRow, sampleRows } from './sample-rows.ts'
import { type UglyKind, uglyKinds } from './ugly-kinds.ts'

export interface SampleTruth {
  /** Rows of customers.csv, without its header and its two empty lines. */
  readonly rows: number
  /** Different human beings behind those rows. */
  readonly people: number
  readonly rowsByKind: Readonly<Record<UglyKind, number>>
  /** Rows with one usable address (trimmed, any case). */
  readonly rowsWithEmail: number
  readonly rowsWithoutEmail: number
  /** Different usable addresses, compared in lower case. */
  readonly distinctEmails: number
  /** Addresses that stand in more than one row, and how many rows those are. */
  readonly sharedEmails: number
  readonly rowsWithSharedEmail: number
  readonly crm: CrmTruth
  readonly wholesale: { readonly rows: number; readonly inCrm: number; readonly toCreate: number }
  readonly books: BooksTruth
  readonly list: ListTruth
}

interface BooksTruth {
  readonly customers: number
  readonly byOverlap: Readonly<Record<BooksOverlap, number>>
  readonly items: number
  readonly invoices: number
  readonly payments: number
  /** Invoices of which nothing is open. */
  readonly paidInvoices: number
}

interface ListTruth {
  readonly subscribers: number
  readonly byOverlap: Readonly<Record<ListOverlap, number>>
  readonly subscribed: number
  readonly unsubscribed: number
  readonly bounced: number
  /** Unsubscribed, while the CRM says that they want the newsletter. */
  readonly unsubscribedButWantedInCrm: number
}

interface CrmTruth {
  readonly contacts: number
  readonly byOverlap: Readonly<Record<Overlap, number>>
  /** Addresses of the file that are already in the CRM. */
  readonly matchedByEmail: number
  /** Addresses of the file that are not: what a first sync by e-mail must create, one record each. */
  readonly emailsToCreate: number
  /** Contacts in the CRM after a first sync by e-mail that creates what is missing and holds rows without an address. */
  readonly contactsAfterSync: number
}

export function sampleTruth(): SampleTruth {
  const rows = sampleRows()
  const byEmail = Map.groupBy(
    rows.filter((row) => row.clean.email !== null),
    (row) => row.clean.email ?? '',
  )
  const shared = [...byEmail.values()].filter((group) => group.length > 1)
  const rowsWithEmail = sum(byEmail.values())
  return {
    rows: rows.length,
    people: new Set(rows.map((row) => row.person.index)).size,
    rowsByKind: countKinds(rows),
    rowsWithEmail,
    rowsWithoutEmail: rows.length - rowsWithEmail,
    distinctEmails: byEmail.size,
    sharedEmails: shared.length,
    rowsWithSharedEmail: sum(shared),
    crm: crmTruth(new Set(byEmail.keys())),
    wholesale: wholesaleTruth(),
    books: booksTruth(),
    list: listTruth(),
  }
}

function crmTruth(fileEmails: ReadonlySet<string>): CrmTruth {
  const contacts = plannedContacts()
  const count = (overlap: Overlap): number => contacts.filter((contact) => contact.overlap === overlap).length
  const matchedByEmail = contacts.filter(
    (contact) => contact.overlap !== 'no-email-either-side' && fileEmails.has(contact.person.email),
  ).length
  const emailsToCreate = fileEmails.size - matchedByEmail
  return {
    contacts: contacts.length,
    byOverlap: {
      same: count('same'),
      'other-phone': count('other-phone'),
      moved: count('moved'),
      'other-newsletter': count('other-newsletter'),
      'other-last-name': count('other-last-name'),
      'no-email-either-side': count('no-email-either-side'),
      'crm-only': count('crm-only'),
    },
    matchedByEmail,
    emailsToCreate,
    contactsAfterSync: contacts.length + emailsToCreate,
  }
}

function wholesaleTruth(): SampleTruth['wholesale'] {
  const inFile = sampleCompanies().filter((company) => company.isInFile)
  const inCrm = inFile.filter((company) => company.isInCrm).length
  return { rows: inFile.length, inCrm, toCreate: inFile.length - inCrm }
}

function booksTruth(): BooksTruth {
  const customers = plannedCustomers()
  const count = (overlap: BooksOverlap): number => customers.filter((one) => one.overlap === overlap).length
  return {
    customers: customers.length,
    byOverlap: {
      'same-name': count('same-name'),
      'other-spelling': count('other-spelling'),
      'books-only': count('books-only'),
    },
    ...booksCounts,
  }
}

function listTruth(): ListTruth {
  const subscribers = plannedSubscribers()
  const count = (overlap: ListOverlap): number => subscribers.filter((one) => one.overlap === overlap).length
  const withStatus = (status: string): number => subscribers.filter((one) => one.status === status).length
  return {
    subscribers: subscribers.length,
    byOverlap: { contact: count('contact'), 'customer-only': count('customer-only'), reader: count('reader') },
    subscribed: withStatus('subscribed'),
    unsubscribed: withStatus('unsubscribed'),
    bounced: withStatus('bounced'),
    unsubscribedButWantedInCrm: subscribers.filter((one) => one.status === 'unsubscribed' && one.isWantedInCrm).length,
  }
}

function countKinds(rows: readonly SampleRow[]): Record<UglyKind, number> {
  const entries = uglyKinds.map((kind) => [kind, rows.filter((row) => row.kinds.has(kind)).length])
  // One entry per kind by construction.
  return Object.fromEntries(entries) as Record<UglyKind, number>
}

function sum(groups: Iterable<readonly unknown[]>): number {
  let total = 0
  for (const group of groups) total += group.length
  return total
}
