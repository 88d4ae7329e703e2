/** One check per kind of field: the value as it is stored, or what is wrong with it in words. */
import { isJsonObject, type Json } from '#shared/json.ts'

type FieldKind =
  | 'text'
  | 'email'
  | 'phone'
  | 'date'
  | 'boolean'
  | 'integer'
  | 'option'
  | 'country'
  | 'currency'
  | 'domain'
  | 'tags'
  | 'reference'
  | 'own'

export interface FieldShape {
  readonly name: string
  readonly kind: FieldKind
  readonly required?: boolean
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
  readonly options?: readonly string[]
  readonly hasNoComma?: boolean
  /** Kind `own`: the check of a service for a kind only it has. Never sees null or ''. */
  readonly check?: (value: Json) => Checked
}

export type Checked =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** Checks one value against its rule. null and '' empty a field. */
export function checkField(rule: FieldShape, value: Json): Checked {
  if (value === null || (value === '' && rule.kind !== 'tags')) {
    return rule.required ? refuse('required', 'must not be empty') : accept(null)
  }
  switch (rule.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? accept(value) : refuse('not_a_boolean', 'must be true or false')
    case 'integer':
      return checkInteger(rule, value)
    case 'tags':
      return checkTags(value)
    case 'own':
      return rule.check ? rule.check(value) : accept(value)
    default:
      return typeof value === 'string' ? checkText(rule, value) : refuse('not_a_text', 'must be a text')
  }
}

function checkText(rule: FieldShape, raw: string): Checked {
  if (hasBrokenCharacters(raw)) return refuse('invalid_characters', 'contains characters that cannot be stored')
  const text = raw.trim()
  if (rule.maxLength !== undefined && [...text].length > rule.maxLength) {
    return refuse('too_long', `has more than ${rule.maxLength} characters`)
  }
  switch (rule.kind) {
    case 'email':
      return matching(
        text,
        /^[^\s@,;<>"()[\]\\]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u,
        'not_an_email',
        'is not an e-mail address',
      )
    case 'phone':
      return checkPhone(text)
    case 'date':
      return isDate(text) ? accept(text) : refuse('not_a_date', 'must be a date like 2026-03-31')
    case 'option':
      return rule.options?.includes(text)
        ? accept(text)
        : refuse('not_an_option', `must be one of: ${rule.options?.join(', ')}`)
    case 'country':
      return matching(text, /^[A-Z]{2}$/, 'not_a_country', 'must be a country code like DE')
    case 'currency':
      return matching(text, /^[A-Z]{3}$/, 'not_a_currency', 'must be a currency code like EUR')
    case 'domain':
      return matching(text, /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u, 'not_a_domain', 'must be a domain like example.com')
    default:
      return checkPlainText(rule, text)
  }
}

function checkPlainText(rule: FieldShape, text: string): Checked {
  if (text === '') return rule.required ? refuse('required', 'must not be empty') : accept(null)
  if (rule.hasNoComma && text.includes(',')) return refuse('invalid_characters', 'must not contain a comma')
  return accept(text)
}

function checkPhone(text: string): Checked {
  const digits = text.replace(/\D/g, '').length
  const isPhone = /^[+\d][\d\s()./-]*( ?(x|ext\.?) ?\d+)?$/i.test(text) && digits >= 5 && digits <= 20
  return isPhone ? accept(text) : refuse('not_a_phone', 'is not a phone number')
}

function checkInteger(rule: FieldShape, value: Json): Checked {
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    return refuse('not_an_integer', 'must be a whole number')
  if (rule.min !== undefined && value < rule.min) return refuse('too_small', `must be at least ${rule.min}`)
  if (rule.max !== undefined && value > rule.max) return refuse('too_large', `must be at most ${rule.max}`)
  return accept(value)
}

function checkTags(value: Json): Checked {
  const isList = Array.isArray(value) && value.length <= 50
  const areTexts =
    isList &&
    value.every((tag) => typeof tag === 'string' && tag.length > 0 && tag.length <= 60 && !hasBrokenCharacters(tag))
  return areTexts ? accept(value) : refuse('not_tags', 'must be a list of at most 50 texts of 1 to 60 characters')
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '1800') return false
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
}

/** NUL and halves of surrogate pairs: SQLite and UTF-8 cannot carry them unharmed. */
export function hasBrokenCharacters(text: string): boolean {
  return text.includes('\u0000') || !text.isWellFormed()
}

function matching(text: string, pattern: RegExp, code: string, message: string): Checked {
  return pattern.test(text) ? accept(text) : refuse(code, message)
}

export function accept(value: Json): Checked {
  return { ok: true, value }
}

export function refuse(code: string, message: string): Checked {
  return { ok: false, code, message }
}

/** The fields of a request body, or null where it is not an object. */
export function fieldsOf(body: Json | undefined): Readonly<Record<string, Json>> | null {
  return isJsonObject(body) ? body : null
}
