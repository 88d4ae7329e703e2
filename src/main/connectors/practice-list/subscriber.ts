/** The one object of the practice list as the engine sees it: the address is who a subscriber is. */
import type { ObjectDescription } from '#shared/model/object.ts'

export const maxBatchSize = 100

export const subscriber: ObjectDescription = {
  name: 'subscriber',
  label: 'Subscriber',
  idField: 'email',
  fields: [
    {
      name: 'email',
      label: 'E-mail',
      type: 'email',
      required: true,
      unique: true,
      maxLength: 254,
      note: 'kept in lower case; cannot be changed afterwards',
    },
    { name: 'first_name', label: 'First name', type: 'text', maxLength: 100 },
    { name: 'last_name', label: 'Last name', type: 'text', maxLength: 100 },
    { name: 'company', label: 'Company', type: 'text', maxLength: 200 },
    { name: 'country', label: 'Country', type: 'text', maxLength: 2, note: 'ISO code of two capital letters, like DE' },
    {
      name: 'status',
      label: 'State',
      type: 'text',
      options: ['subscribed', 'unsubscribed', 'bounced'],
      note: 'subscribed, unless told otherwise; who has unsubscribed cannot be subscribed again from here',
    },
    { name: 'tags', label: 'Tags', type: 'list', note: 'a set: kept sorted and without doubles' },
    { name: 'consent_source', label: 'Source of the consent', type: 'text', maxLength: 200 },
    { name: 'created_at', label: 'Created', type: 'instant', readOnly: true },
    { name: 'updated_at', label: 'Last changed', type: 'instant', readOnly: true },
    { name: 'unsubscribed_at', label: 'Unsubscribed', type: 'instant', readOnly: true },
  ],
  keys: ['email'],
  changes: { kind: 'updated-since', granularityMs: 1_000, lookbackMs: 2_000 },
  writes: {
    create: { class: 'U', batchSize: maxBatchSize, findBy: 'email' },
    upsert: { class: 'U', batchSize: maxBatchSize, findBy: 'email' },
    update: { class: 'C' },
    delete: { class: 'C' },
  },
  notes: [
    'Who has unsubscribed stays so: subscribing them again is refused, also after they were deleted.',
    'A new subscriber whose address is there already changes the one that is there.',
  ],
}
