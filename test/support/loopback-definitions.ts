/** Definitions for the loopback service: its customers into its contacts, or into a SQLite table. */
export interface LoopbackPlaces {
  readonly url: string
  readonly databasePath?: string
  /** keys: idempotency keys (class K). lookup: nothing but look-up (class F). */
  readonly mode?: 'keys' | 'lookup'
  readonly settleMs?: number
  readonly canBatch?: boolean
  readonly pageSize?: number
}

const name = { to: 'full_name', from: 'name', steps: ['trim', 'collapse-spaces'] }
const rows = [
  { to: 'external_id', from: 'id' },
  name,
  { to: 'email', from: 'email', steps: ['normalize-email'] },
  { to: 'phone', from: 'phone', steps: [{ phone: { check: 'possible' } }] },
  { to: 'created', from: 'created', steps: [{ date: { order: 'month-first' } }] },
  { to: 'balance', from: 'balance', steps: [{ money: { currency: 'USD', unit: 'minor', output: 'decimal' } }] },
  { to: 'active', from: 'status', steps: [{ 'map-values': { values: { Active: 1, Inactive: 0 } } }] },
]

/** A definitions file (JSON is YAML). Integration ids: `to-contacts`, `to-database`. */
export function loopbackDefinitions(places: LoopbackPlaces): string {
  const database = places.databasePath === undefined ? [] : [databaseConnection(places.databasePath)]
  const toDatabase = {
    ...integration('to-database', { connection: 'database', object: 'customers' }),
    match: ['external_id'],
  }
  return JSON.stringify({
    patchbay: 1,
    connections: [serviceConnection(places), ...database],
    integrations: [
      { ...integration('to-contacts', { connection: 'service', object: 'contact' }), match: ['external_id'] },
      ...(database.length > 0 ? [toDatabase] : []),
    ],
  })
}

function integration(id: string, destination: { connection: string; object: string }) {
  return {
    id,
    name: id,
    source: { connection: 'service', object: 'customer' },
    destination,
    defaults: { country: 'US' },
    mapping: rows,
  }
}

function serviceConnection({ url, mode = 'keys', settleMs = 0, canBatch = false, pageSize = 100 }: LoopbackPlaces) {
  const idempotency = { header: 'Idempotency-Key', ttlMs: 86_400_000 }
  const paging = { kind: 'cursor', parameter: 'cursor', tokenAt: 'next' }
  const list = (path: string) => ({ path, recordsAt: 'data', paging, sizeParameter: 'limit', pageSize })
  const contact = {
    name: 'contact',
    label: 'Contact',
    idField: 'id',
    fields: ['external_id', 'full_name', 'email', 'phone', 'created', 'balance']
      .map((field) => ({ name: field, type: 'text' }))
      .concat({ name: 'active', type: 'number' }),
    list: list('/contacts'),
    get: { path: '/contacts/{id}' },
    find: [{ field: 'external_id', path: '/contacts', query: { external_id: '{value}' }, recordsAt: 'data' }],
    create: { path: '/contacts', findBy: 'external_id', ...(mode === 'keys' ? { idempotency } : { settleMs }) },
    update: { path: '/contacts/{id}' },
    version: { from: 'field', field: 'version', sendAs: 'if-match-quoted' },
    ...(canBatch
      ? {
          batch: {
            path: '/contacts/batch',
            wrapAt: 'records',
            resultsAt: 'results',
            max: 100,
            statusAt: 'status',
            keyField: 'idempotency_key',
          },
        }
      : {}),
  }
  const customer = { name: 'customer', label: 'Customer', idField: 'id', list: list('/customers') }
  return {
    id: 'service',
    name: 'Loopback service',
    connector: 'rest',
    environment: 'practice',
    settings: { baseUrl: url, objects: [customer, contact] },
  }
}

function databaseConnection(path: string) {
  const columns = Object.fromEntries(rows.map((row) => [row.to, row.to === 'active' ? { type: 'integer' } : {}]))
  return {
    id: 'database',
    name: 'Database',
    connector: 'sqlite',
    environment: 'practice',
    settings: { path, create: { customers: { key: ['external_id'], columns } } },
  }
}
