/** The exact request of a write as text for the journal: no clock, no chance, no secret in it. */
import { isJsonObject, parseJson, stableStringify } from '#shared/json.ts'
import type { WriteCommand } from '#shared/model/connected.ts'
import { cannotWrite, notOffered, unreadablePrepared } from '../../connector-kit/connector-errors.ts'
import { service } from './settings.ts'
import { subscriber } from './subscriber.ts'
import { wireFields } from './wire-subscriber.ts'

/** What a prepared text says. */
export interface PreparedRequest {
  readonly email: string
  /** Exact JSON of the fields beside the address; '' for delete. */
  readonly body: string
}

/** Throws AppError: data for what cannot be written, bug for an operation the object does not offer. */
export function prepareWrite(command: WriteCommand): string {
  const { operation, externalId, values } = command
  const isOffered = subscriber.writes[operation] !== undefined
  const isNew = operation === 'create' || operation === 'upsert'
  if (!isOffered || isNew !== (externalId === undefined)) throw notOffered(subscriber.label, service, command)
  const email = externalId ?? addressOf(values.email)
  // The address in other letters is the same person; another address would be another one.
  if (typeof values.email === 'string' && sameForm(values.email) !== sameForm(email))
    throw cannotWrite(subscriber.label, { name: 'email', why: 'cannot be changed: it is who a subscriber is' })
  return stableStringify({ email, body: operation === 'delete' ? '' : stableStringify(wireFields(values)) })
}

function addressOf(value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  throw cannotWrite(subscriber.label, { name: 'email', why: 'must not be empty' })
}

function sameForm(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}

/** Reads a prepared text back. Throws AppError (bug) for a text that `prepareWrite` did not make. */
export function readPrepared(request: string): PreparedRequest {
  const parsed = parseJson(request)
  if (isJsonObject(parsed) && typeof parsed.email === 'string' && typeof parsed.body === 'string')
    return { email: parsed.email, body: parsed.body }
  throw unreadablePrepared(service)
}
