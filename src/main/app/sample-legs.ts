/** The sets of the sample business: new orders go to three places; leads come together from two. */

const newOrders = { set: 'new-orders', name: 'New orders', pattern: 'fan-out' }
const orders = { connection: 'shop-orders', object: 'orders' }
const leads = { set: 'leads', name: 'Leads', pattern: 'aggregation' }
const contact = { connection: 'practice-crm', object: 'contact' }

const orderDate = { date: { formats: ['iso', 'd.M.yyyy'] } }
const name = (to: string) => ({ to, from: 'Customer', steps: ['trim', 'collapse-spaces', { case: 'name' }] })
const email = { to: 'email', from: 'E-mail', steps: ['trim', 'normalize-email'], required: true }

const ordersToDatabase = {
  id: 'orders-to-database',
  name: 'Orders into the office database',
  legOf: newOrders,
  source: orders,
  destination: { connection: 'office-database', object: 'orders' },
  match: ['order_no'],
  mapping: [
    { to: 'order_no', from: 'Order no.', steps: ['trim'], required: true },
    { to: 'ordered_on', from: 'Ordered on', steps: ['trim', orderDate] },
    name('customer'),
    { to: 'country', from: 'Country' },
    { to: 'total', from: 'Total', steps: [{ money: { currencyFrom: 'Currency', output: 'decimal' } }] },
    { to: 'currency', from: 'Currency' },
  ],
}

/** Books keep a customer for each buyer; one that is there is linked and left as it is. */
const ordersToBooks = {
  id: 'orders-to-books',
  name: 'Buyers into the books',
  legOf: newOrders,
  source: orders,
  destination: { connection: 'practice-books', object: 'customer' },
  match: ['email'],
  mapping: [email, name('name'), { to: 'country', from: 'Country' }],
  policies: { existing: 'link-only' },
}

/** Only who asked for news, and never over what somebody said there. */
const ordersToList = {
  id: 'orders-to-list',
  name: 'Buyers who want news onto the list',
  legOf: newOrders,
  source: orders,
  destination: { connection: 'practice-list', object: 'subscriber' },
  filter: { field: 'News please?', equals: 'yes' },
  match: ['email'],
  mapping: [
    email,
    { to: 'country', from: 'Country', write: 'fill-empty' },
    { to: 'consent_source', value: 'Order form of the shop', write: 'fill-empty' },
  ],
}

/** The fair owns phone and notes. */
const fairToCrm = {
  id: 'fair-leads-to-crm',
  name: 'Leads of the trade fair into the CRM',
  legOf: leads,
  source: { connection: 'fair-leads', object: 'leads' },
  destination: contact,
  match: ['email'],
  defaults: { country: 'GB' },
  mapping: [
    email,
    { to: 'first_name', from: 'First name', steps: ['trim', { case: 'name' }], write: 'fill-empty' },
    { to: 'last_name', from: 'Last name', steps: ['trim'], write: 'fill-empty' },
    { to: 'phone', from: 'Phone', steps: ['trim', { phone: { check: 'possible' } }], write: 'when-not-empty' },
    { to: 'notes', from: 'Talked about', steps: ['trim'], write: 'when-not-empty' },
    { to: 'lifecycle', value: 'lead', write: 'on-create' },
  ],
}

/** The list owns who wants news. */
const readersToCrm = {
  id: 'readers-to-crm',
  name: 'Readers of the list into the CRM',
  legOf: leads,
  source: { connection: 'practice-list', object: 'subscriber' },
  destination: contact,
  match: ['email'],
  mapping: [
    { to: 'email', from: 'email', required: true },
    { to: 'first_name', from: 'first_name', write: 'fill-empty' },
    { to: 'last_name', from: 'last_name', write: 'fill-empty' },
    {
      to: 'newsletter',
      from: 'status',
      steps: [{ 'map-values': { values: { subscribed: true, unsubscribed: false, bounced: false } } }],
    },
    { to: 'lifecycle', value: 'lead', write: 'on-create' },
  ],
}

export const sampleLegs = [ordersToDatabase, ordersToBooks, ordersToList, fairToCrm, readersToCrm]
