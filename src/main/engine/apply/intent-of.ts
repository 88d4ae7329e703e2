/** Makes the journal's intent of a frozen decision: exact request, key and facts, before anything is sent. */
import { AppError, type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { ConnectedObject, WriteCommand } from '#shared/model/connected.ts'
import type { WriteFacility, WriteOperation } from '#shared/model/object.ts'
import { normalKey } from '../match.ts'
import type { Ids } from '../ports/surroundings.ts'
import type { FrozenItem, IntentDraft } from '../ports/sync-store.ts'

export type IntentOrError = { readonly draft: IntentDraft } | { readonly error: ErrorInfo }

/** The facility a destination offers for an operation. Throws AppError `cannot-write` where it offers none. */
export function facilityOf(destination: ConnectedObject, operation: WriteOperation): WriteFacility {
  const facility = destination.description.writes[operation]
  if (facility && destination.prepare && destination.send) return facility
  throw new AppError({
    kind: 'config',
    code: 'cannot-write',
    message: `"${destination.description.label}" cannot ${operation} records through this connection.`,
    kept: 'Nothing was written for these records.',
    next: 'Choose another destination object, or another policy for existing records.',
    details: { object: destination.description.name, operation },
  })
}

export function intentOf(item: FrozenItem, destination: ConnectedObject, ids: Ids): IntentOrError {
  const operation = item.operation ?? 'create'
  const facility = facilityOf(destination, operation)
  const command: WriteCommand = {
    operation,
    values: item.values,
    ...(item.destinationId === null ? {} : { externalId: item.destinationId }),
    ...(item.version === null ? {} : { version: item.version }),
  }
  try {
    return { draft: draftOf(item, operation, facility, destination.prepare?.(command) ?? '', ids) }
  } catch (thrown) {
    const error = errorInfoOf(thrown)
    if (error.kind !== 'data') throw thrown
    return { error }
  }
}

function draftOf(
  item: FrozenItem,
  operation: WriteOperation,
  facility: WriteFacility,
  request: string,
  ids: Ids,
): IntentDraft {
  return {
    operation,
    writeClass: facility.class,
    destinationId: item.destinationId,
    idempotencyKey: ids.next(),
    request,
    facts: {
      label: item.label,
      source: item.source,
      before: item.before,
      after: item.after,
      nextBase: item.nextBase,
      version: item.version,
      findBy: findByOf(item, facility),
      ...(item.reason && saidOfWrites.has(item.reason.code) && { reason: item.reason }),
      ...(item.patches && { patches: item.patches }),
      ...(item.isPartial && { isPartial: true }),
      ...(item.isOneOfTwo && { isOneOfTwo: true }),
      ...(item.undo && { undo: item.undo }),
      ...(item.deletion && { deletion: item.deletion }),
    },
    // What cannot be looked up or repeated is marked sent one at a time, so that a kill leaves no more
    // uncertain writes than there were requests in flight.
    state: facility.class === 'N' || facility.class === 'S' ? 'ready' : 'sent',
  }
}

/** Reasons that are worth saying of a write that happened: what decided about it. */
const saidOfWrites: ReadonlySet<string> = new Set(['policy', 'decided', 'undone'])

function findByOf(item: FrozenItem, facility: WriteFacility): { field: string; value: string } | null {
  if (facility.findBy === undefined) return null
  const value = normalKey(item.values[facility.findBy])
  return value === null ? null : { field: facility.findBy, value }
}
