/** The definitions of a torture run: the product's own REST connector, configured for one write class. */
import type { WriteClass } from '#shared/model/object.ts'

/** How long the service may work on a write, as it declares it (see service/fate.ts for what it does). */
export const settleMs = 2_000
/** How long a new record is not found in class S. */
export const lagMs = 500

export const integrationId = 'torture'

/** A definitions file (JSON is YAML). */
export function tortureDefinitions(url: string, writeClass: WriteClass): string {
  return JSON.stringify({
    patchbay: 1,
    connections: [
      {
        id: 'service',
        name: 'Torture service',
        connector: 'rest',
        environment: 'practice',
        settings: { baseUrl: url, objects: [customer, { ...record, ...ways[writeClass] }] },
      },
    ],
    integrations: [
      {
        id: integrationId,
        name: 'Torture',
        source: { connection: 'service', object: 'customer' },
        destination: { connection: 'service', object: 'record' },
        // Matching would find a record that was made before, and hide that its key did not protect it.
        match: writeClass === 'N' || writeClass === 'K' ? [] : ['key'],
        mapping: [
          { to: 'key', from: 'id' },
          { to: 'name', from: 'name' },
          { to: 'amount', from: 'amount' },
          { to: 'note', from: 'note' },
        ],
      },
    ],
  })
}

const list = (path: string) => ({
  path,
  recordsAt: 'data',
  paging: { kind: 'cursor', parameter: 'cursor', tokenAt: 'next' },
  sizeParameter: 'limit',
  pageSize: 50,
})
const fields = (...texts: readonly string[]) => [
  ...texts.map((name) => ({ name, type: 'text' })),
  { name: 'amount', type: 'number' },
]
const customer = {
  name: 'customer',
  label: 'Customer',
  fields: fields('id', 'name', 'note'),
  list: list('/source'),
}
const version = { from: 'field', field: 'version', sendAs: 'if-match-quoted' }
const record = {
  name: 'record',
  label: 'Record',
  fields: fields('key', 'name', 'note'),
  get: { path: '/records/{id}' },
}
const findable = {
  list: list('/records'),
  find: [{ field: 'key', path: '/records', query: { key: '{value}' }, recordsAt: 'data' }],
}
const update = { path: '/records/{id}', settleMs }
const create = { path: '/records', settleMs }

/**
 * What an object of each class offers. Updates of all classes but C name the version they were made from; those of
 * class C are absolute values without one, for records that exist beforehand.
 */
const ways: { readonly [C in WriteClass]: object } = {
  K: {
    version,
    update,
    create: { ...create, idempotency: { header: 'Idempotency-Key', ttlMs: 86_400_000 } },
  },
  U: {
    ...findable,
    version,
    update,
    create: { ...create, path: '/records/by-key/{key}', method: 'PUT', isUnique: true },
  },
  C: { ...findable, update },
  F: { ...findable, version, update, create: { ...create, findBy: 'key' } },
  S: {
    ...findable,
    version,
    update,
    create: { ...create, findBy: 'key', isIndexDelayed: true, settleMs: settleMs + lagMs },
  },
  N: { version, update, create: { path: '/records' } },
}
