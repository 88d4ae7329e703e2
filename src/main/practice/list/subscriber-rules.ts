/** What a subscriber is: the fields with their checks, the states, and who may leave which. */
import type { Json } from '#shared/json.ts'
import { type Checked, checkField } from '../kit/field-checks.ts'
import type { FieldRule, RecordRule } from '../kit/validate.ts'

export const statuses = ['subscribed', 'unsubscribed', 'bounced'] as const

/** Fields of a request beside the address, which is the identity. */
export const subscriberRule: RecordRule<never> = {
  fields: [
    { name: 'first_name', kind: 'text', maxLength: 100 },
    { name: 'last_name', kind: 'text', maxLength: 100 },
    { name: 'company', kind: 'text', maxLength: 200 },
    { name: 'country', kind: 'country' },
    { name: 'status', kind: 'option', options: statuses, required: true },
    { name: 'tags', kind: 'tags' },
    { name: 'consent_source', kind: 'text', maxLength: 200 },
  ],
}

const emailRule: FieldRule<never> = { name: 'email', kind: 'email', maxLength: 254, required: true }

/** The address as it is kept: NFC and in lower case, since it is the identity. */
export function checkEmail(value: Json): Checked {
  const checked = checkField(emailRule, value)
  if (!checked.ok || typeof checked.value !== 'string') return checked
  return { ok: true, value: checked.value.normalize('NFC').toLowerCase() }
}

/** Who has unsubscribed has had the last word: no request of the API takes it back. */
export function isLastWord(before: Json | undefined, after: Json | undefined): boolean {
  return before === 'unsubscribed' && after !== 'unsubscribed'
}

/** Tags are a set: without doubles, and in one order, so that equal sets are equal texts. */
export function tagSet(tags: Json | undefined): readonly string[] {
  const texts = Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : []
  return [...new Set(texts)].sort()
}
