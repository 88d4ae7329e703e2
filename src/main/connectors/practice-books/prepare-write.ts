/** The exact request of a write as text for the journal: no clock, no chance, no secret in it. */
import { AppError, type ErrorInfo } from '#shared/errors.ts'
import { isJsonObject, type Json, parseJson, stableStringify } from '#shared/json.ts'
import type { WriteCommand } from '#shared/model/connected.ts'
import type { ObjectSpec } from './objects.ts'
import { wireFields } from './wire-record.ts'

/** What a prepared text says. */
export interface PreparedRequest {
  /** Exact JSON of the fields, with the version of a change; '' for delete. */
  readonly body: string
  /** Absent for create. */
  readonly externalId?: string
  /** Of delete, which has no body. */
  readonly version?: string
}

/** Throws AppError: data for what cannot be written, bug for an operation the object does not offer. */
export function prepareWrite(spec: ObjectSpec, command: WriteCommand): string {
  const { operation, externalId, values } = command
  const isOffered = spec.description.writes[operation] !== undefined
  if (!isOffered || (operation === 'create') !== (externalId === undefined))
    throw new AppError(notOffered(spec, command))
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

/** Reads a prepared text back. Throws AppError (bug) for a text that `prepareWrite` did not make. */
export function readPrepared(request: string): PreparedRequest {
  const parsed = parseJson(request)
  if (!isJsonObject(parsed) || typeof parsed.body !== 'string') {
    throw new AppError({
      kind: 'bug',
      code: 'prepared-unreadable',
      message: 'A stored write of the practice books cannot be read.',
    })
  }
  return {
    body: parsed.body,
    ...(typeof parsed.externalId === 'string' ? { externalId: parsed.externalId } : {}),
    ...(typeof parsed.version === 'string' ? { version: parsed.version } : {}),
  }
}

function notOffered(spec: ObjectSpec, { operation }: WriteCommand): ErrorInfo {
  return {
    kind: 'bug',
    code: 'operation-not-offered',
    message: `${spec.description.label} records of the practice books cannot be written this way.`,
    kept: 'The record was not sent.',
    next: 'Report this with the details.',
    details: { operation },
  }
}
