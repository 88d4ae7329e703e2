/** The exact request of a write as text for the journal: no clock, no chance, no secret in it. */
import { AppError } from '#shared/errors.ts'
import { type Json, stableStringify } from '#shared/json.ts'
import type { WriteCommand } from '#shared/model/connected.ts'
import { notOffered } from '../../connector-kit/connector-errors.ts'
import type { ObjectSpec } from './objects.ts'
import { service } from './settings.ts'
import { wireFields } from './wire-record.ts'

/** Throws AppError: data for what cannot be written, bug for an operation the object does not offer. */
export function prepareWrite(spec: ObjectSpec, command: WriteCommand): string {
  const { operation, externalId, values } = command
  const isOffered = spec.description.writes[operation] !== undefined
  if (!isOffered || (operation === 'create') !== (externalId === undefined))
    throw notOffered(spec.description.label, service, command)
  if (externalId === undefined) return stableStringify({ body: stableStringify(wireFields(spec, values)) })
  const version = versionOf(spec, command)
  if (operation === 'delete') return stableStringify({ body: '', externalId, version })
  const body: Json = { ...wireFields(spec, values), version: Number(version) }
  return stableStringify({ body: stableStringify(body), externalId })
}

/** The service changes nothing without the version the change was made from. */
function versionOf(spec: ObjectSpec, { version, externalId }: WriteCommand): string {
  if (version !== undefined && /^\d{1,15}$/.test(version)) return version
  throw new AppError({
    kind: 'data',
    code: 'version-missing',
    message: `${spec.description.label} ${externalId ?? ''} cannot be changed: the version it was read in is not known.`,
    kept: 'The record was not sent.',
    next: 'Run the integration again: the record is read anew.',
  })
}
