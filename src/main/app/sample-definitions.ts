/** The definitions of the sample business: its connections, and an integration for each way in which data can travel. */
import type { PracticeEntries } from './built-entries.ts'
import { sampleLegs } from './sample-legs.ts'

/** Base URLs by service of the practice company. */
export type PracticeAddresses = { readonly [S in keyof PracticeEntries]?: string }

export interface SamplePlaces {
  readonly filesFolder: string
  readonly databasePath: string
  readonly addresses: PracticeAddresses
}

/** A definitions file as text; JSON is YAML. */
export function sampleDefinitions(places: SamplePlaces): string {
  return JSON.stringify({
    patchbay: 1,
    connections: [...fileConnections(places), ...serviceConnections(places.addresses), database(places)],
    integrations: [customersToCrm, crmToDatabase, booksAndCrm, ...sampleLegs],
  })
}

/** Only the connections of these services, as a definitions file. */
export function serviceDefinitions(addresses: PracticeAddresses): string {
  return JSON.stringify({ patchbay: 1, connections: serviceConnections(addresses), integrations: [] })
}

function serviceConnections({ crm, books, list }: PracticeAddresses) {
  return [
    ...(crm === undefined ? [] : [practiceService('crm', 'Practice CRM', crm), practiceCrmApi(crm)]),
    ...(books === undefined ? [] : [practiceService('books', 'Practice books', books)]),
    ...(list === undefined ? [] : [practiceService('list', 'Practice list', list)]),
  ]
}

function fileConnections({ filesFolder }: SamplePlaces) {
  const file = (
    id: string,
    name: string,
    settings: { path: string; object: string; idColumns: readonly string[] },
  ) => ({
    id,
    name,
    connector: 'files',
    environment: 'practice',
    settings: { ...settings, path: `${filesFolder}/${settings.path}` },
  })
  return [
    file('customer-list', 'Customer list', {
      path: 'customers.csv',
      object: 'customers',
      idColumns: ['Customer no.'],
    }),
    file('shop-orders', 'Orders of the shop', { path: 'orders.csv', object: 'orders', idColumns: ['Order no.'] }),
    file('fair-leads', 'Leads of the trade fair', { path: 'fair-leads.csv', object: 'leads', idColumns: ['E-mail'] }),
  ]
}

/** Connection and connector of a practice service have the same id. */
function practiceService(service: keyof PracticeEntries, name: string, baseUrl: string) {
  const id = `practice-${service}`
  return { id, name, connector: id, environment: 'practice', settings: { baseUrl } }
}

/** The same service once more, as any JSON API described by configuration. */
function practiceCrmApi(baseUrl: string) {
  return {
    id: 'practice-crm-api',
    name: 'Practice CRM (as a JSON API)',
    connector: 'rest',
    environment: 'practice',
    settings: {
      baseUrl,
      auth: { kind: 'bearer' },
      objects: [
        {
          name: 'contacts',
          label: 'Contacts',
          idField: 'id',
          list: {
            path: '/contacts',
            recordsAt: 'data',
            paging: { kind: 'cursor', parameter: 'cursor', tokenAt: 'next_cursor' },
            sizeParameter: 'limit',
            pageSize: 100,
          },
        },
      ],
    },
  }
}

function database({ databasePath }: SamplePlaces) {
  return {
    id: 'office-database',
    name: 'Office database',
    connector: 'sqlite',
    environment: 'practice',
    settings: {
      path: databasePath,
      create: {
        customers: {
          key: ['crm_id'],
          columns: { crm_id: {}, email: {}, name: {}, city: {}, country: {}, changed_at: { type: 'instant' } },
        },
        orders: {
          key: ['order_no'],
          columns: {
            order_no: {},
            ordered_on: { type: 'date' },
            customer: {},
            country: {},
            total: { type: 'decimal' },
            currency: {},
          },
        },
      },
    },
  }
}

const noAddress = {
  'map-values': { values: { 'N/A': null, 'n/a': null, '-': null, none: null, keine: null }, otherwise: 'keep' },
}
const tidy = ['clean-text', 'trim', 'collapse-spaces']
const asDate = {
  date: { formats: ['iso', 'd.M.yyyy', 'd/M/yyyy', 'd MMMM yyyy', 'd. MMMM yyyy'], locale: ['en', 'de'] },
}

const customersToCrm = {
  id: 'customers-to-crm',
  name: 'Customer list into the CRM',
  source: { connection: 'customer-list', object: 'customers' },
  destination: { connection: 'practice-crm', object: 'contact' },
  match: ['email', 'external_ref'],
  defaults: { country: 'GB', zone: 'Europe/London' },
  mapping: [
    { to: 'external_ref', from: 'Customer no.', steps: ['trim'], required: true },
    { to: 'email', from: 'E-mail', steps: ['trim', noAddress, 'normalize-email'] },
    { to: 'first_name', from: 'First name', steps: [...tidy, { case: 'name' }] },
    { to: 'last_name', from: 'Last name', steps: [...tidy, { case: 'name' }] },
    { to: 'street', from: 'Street', steps: tidy },
    { to: 'postal_code', from: 'Postcode', steps: tidy },
    { to: 'city', from: 'City', steps: tidy },
    { to: 'country', from: 'Country', steps: ['trim', 'country'] },
    { to: 'customer_since', from: 'Customer since', steps: ['trim', asDate], write: 'on-create' },
    { to: 'newsletter', from: 'Newsletter?', steps: ['trim', { 'yes-no': { yes: ['x'] } }] },
    { to: 'notes', from: 'Notes', steps: ['trim'], write: 'when-not-empty' },
  ],
}

const crmToDatabase = {
  id: 'crm-to-database',
  name: 'CRM contacts into the office database',
  source: { connection: 'practice-crm-api', object: 'contacts' },
  destination: { connection: 'office-database', object: 'customers' },
  match: ['crm_id'],
  mapping: [
    { to: 'crm_id', from: 'id' },
    { to: 'email', from: 'email' },
    { to: 'name', from: ['first_name', 'last_name'], steps: [{ join: { with: ' ' } }] },
    { to: 'city', from: 'city' },
    { to: 'country', from: 'country' },
    { to: 'changed_at', from: 'updated_at' },
  ],
}

const addressFields = ['street', 'postal_code', 'city', 'country']
const sameName = (field: string) => ({ to: field, from: field })
const sharedRows = [
  { to: 'email', from: 'email', steps: ['normalize-email'] },
  ...['phone', ...addressFields].map(sameName),
]

/** Both ways: whoever has an invoice stands in the CRM too; what is changed there comes back. Names are written once only. */
const booksAndCrm = {
  id: 'books-and-crm',
  name: 'Books and CRM, both ways',
  pattern: 'two-way',
  source: { connection: 'practice-books', object: 'customer' },
  destination: { connection: 'practice-crm', object: 'contact' },
  filter: { field: 'email', empty: false },
  match: ['email'],
  mapping: [...sharedRows, { to: 'last_name', from: 'name', write: 'on-create' }],
  back: {
    match: ['email'],
    mapping: [
      ...sharedRows,
      { to: 'name', from: ['first_name', 'last_name'], steps: [{ join: { with: ' ' } }], write: 'on-create' },
    ],
  },
  groups: [{ name: 'address', fields: addressFields }],
  policies: {
    existing: 'update',
    conflict: 'hold',
    conflicts: [
      { fields: ['phone'], policy: 'prefer-nonempty' },
      { fields: ['last_name'], policy: 'source' },
    ],
    creates: 'destination',
  },
}
