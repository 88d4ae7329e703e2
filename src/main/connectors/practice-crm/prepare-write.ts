/** The exact request of a write as text for the journal: no clock, no chance, no secret in it. */
import { stableStringify } from '#shared/json.ts'
import type { WriteCommand } from '#shared/model/connected.ts'
import { notOffered } from '../../connector-kit/connector-errors.ts'
import type { ObjectSpec } from './objects.ts'
import { service } from './settings.ts'
import { wireFields } from './wire-record.ts'

/** Throws AppError: data for fields that cannot be written, bug for an operation the object does not offer. */
export function prepareWrite(spec: ObjectSpec, command: WriteCommand): string {
  const { operation, externalId, version } = command
  const isOffered = spec.description.writes[operation] !== undefined
  if (!isOffered || (operation === 'create') !== (externalId === undefined))
    throw notOffered(spec.description.label, service, command)
  return stableStringify({
    body: operation === 'delete' ? '' : stableStringify(wireFields(spec, command.values)),
    ...(externalId === undefined ? {} : { externalId }),
    ...(version === undefined ? {} : { version }),
  })
}
