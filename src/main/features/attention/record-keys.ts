/** Waiting records as the contract names them (by side) and as the store keeps them (by stream). */
import type { WaitingKey } from '#main/store/decision-store.ts'
import type { Store } from '#main/store/open-store.ts'
import { parseIntegration, storedIntegration } from '#main/use-cases/build-job.ts'
import type { RecordKey } from '#shared/contract/attention.ts'
import { AppError } from '#shared/errors.ts'

type Known = Pick<Store, 'definitions' | 'streams'>

/** Undefined: the integration is gone, or was changed to other objects since. */
export function sideOf(store: Known, { integrationId, stream }: WaitingKey): RecordKey['side'] | undefined {
  const stored = store.definitions.get('integration', integrationId)
  if (!stored) return undefined
  const { source, destination } = parseIntegration(stored)
  if (store.streams.find(source.connection, source.object) === stream) return 'source'
  return store.streams.find(destination.connection, destination.object) === stream ? 'destination' : undefined
}

/** Throws AppError `unknown-integration`. */
export function keyOf(store: Known, { integrationId, side, externalId }: RecordKey): WaitingKey {
  const end = parseIntegration(storedIntegration(store, integrationId))[side]
  return { integrationId, externalId, stream: store.streams.find(end.connection, end.object) ?? -1 }
}

export function notWaiting(message: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'not-waiting',
    message,
    kept: 'Nothing was changed.',
    next: 'Look at the list again: a run may have dealt with it meanwhile.',
  })
}
