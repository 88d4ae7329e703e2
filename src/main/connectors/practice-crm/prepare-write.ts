/** The exact request of a write as text for the journal: no clock, no chance, no secret in it. */
import { AppError } from '#shared/errors.ts'
import { isJsonObject, parseJson, stableStringify } from '#shared/json.ts'
import type { WriteCommand } from '#shared/model/connected.ts'
import type { ObjectSpec } from './objects.ts'
import { wireFields } from './wire-record.ts'

/** What a prepared text says. */
export interface PreparedRequest {
  /** Exact JSON of the fields; '' for delete. */
  readonly body: string
  /** Absent for create. */
  readonly externalId?: string
  readonly version?: string
}

/** Throws AppError: data for fields that cannot be written, bug for an operation the object does not offer. */
export function prepareWrite(spec: ObjectSpec, command: WriteCommand): string {
  const { operation, externalId, version } = command
  const isOffered = spec.description.writes[operation] !== undefined
  if (!isOffered || (operation === 'create') !== (externalId === undefined)) throw notOffered(spec, command)
  return stableStringify({
    body: operation === 'delete' ? '' : stableStringify(wireFields(spec, command.values)),
    ...(externalId === undefined ? {} : { externalId }),
    ...(version === undefined ? {} : { version }),
  })
}

/** Reads a prepared text back. Throws AppError (bug) for a text that `prepareWrite` did not make. */
export function readPrepared(request: string): PreparedRequest {
  const parsed = parseJson(request)
  if (!isJsonObject(parsed) || typeof parsed.body !== 'string') {
    throw new AppError({
      kind: 'bug',
      code: 'prepared-unreadable',
      message: 'A stored write of the practice CRM cannot be read.',
    })
  }
  return {
    body: parsed.body,
    ...(typeof parsed.externalId === 'string' ? { externalId: parsed.externalId } : {}),
    ...(typeof parsed.version === 'string' ? { version: parsed.version } : {}),
  }
}

function notOffered(spec: ObjectSpec, { operation }: WriteCommand): AppError {
  return new AppError({
    kind: 'bug',
    code: 'operation-not-offered',
    message: `${spec.description.label} records of the practice CRM cannot be written this way.`,
    kept: 'The record was not sent.',
    next: 'Report this with the details.',
    details: { operation },
  })
}
