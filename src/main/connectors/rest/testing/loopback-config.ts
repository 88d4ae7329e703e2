/** Settings of a REST connection to the loopback service: also the worked example of the guide. */

/** Settings for objects of the loopback service at `baseUrl`. */
export function restConfig(baseUrl: string, objects: readonly object[]): object {
  return { baseUrl, auth: { kind: 'bearer' }, timeoutMs: 5000, objects }
}

export const customerObject = {
  name: 'customer',
  label: 'Customer',
  fields: [
    { name: 'id', type: 'text', readOnly: true },
    { name: 'name', type: 'text' },
    { name: 'email', type: 'text' },
    { name: 'phone', type: 'phone' },
    { name: 'created', type: 'date', dateFormat: 'month/day/year' },
    { name: 'balance', type: 'money', money: { unit: 'minor', currency: 'EUR' } },
    { name: 'status', type: 'text', options: ['Active', 'Inactive'] },
    { name: 'note', type: 'text' },
    { name: 'updated_at', type: 'instant', readOnly: true },
  ],
  list: {
    path: '/customers',
    recordsAt: 'data',
    paging: { kind: 'cursor', parameter: 'cursor', tokenAt: 'next', moreAt: 'has_more' },
    sizeParameter: 'limit',
    pageSize: 100,
    maxPageSize: 1000,
    totalAt: 'total',
    incremental: { parameter: 'updated_since', format: 'iso', updatedAtField: 'updated_at', granularityMs: 1 },
  },
  get: { path: '/customers/{id}' },
}

export const contactObject = {
  name: 'contact',
  label: 'Contact',
  fields: [
    { name: 'id', type: 'text', readOnly: true },
    { name: 'external_id', type: 'text', unique: true },
    { name: 'full_name', type: 'text' },
    { name: 'email', type: 'email' },
    { name: 'joined', type: 'date', dateFormat: 'day/month/year' },
    { name: 'balance', type: 'money', money: { unit: 'major', currency: 'EUR', wire: 'text' } },
    { name: 'active', type: 'boolean' },
    { name: 'version', type: 'number', readOnly: true },
    { name: 'updated_at', type: 'instant', readOnly: true },
  ],
  list: {
    path: '/contacts',
    recordsAt: 'data',
    paging: { kind: 'cursor', parameter: 'cursor', tokenAt: 'next' },
    sizeParameter: 'limit',
  },
  get: { path: '/contacts/{id}' },
  update: { path: '/contacts/{id}' },
  delete: { path: '/contacts/{id}' },
  find: [
    { field: 'external_id', path: '/contacts', query: { external_id: '{value}' }, recordsAt: 'data' },
    { field: 'email', path: '/contacts', query: { email: '{value}' }, recordsAt: 'data' },
  ],
  version: { from: 'field', field: 'version', sendAs: 'if-match-quoted' },
}
