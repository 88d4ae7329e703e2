/** Puts together what a run or plan of an integration works with: compiled mapping, filter, open connections, ports. */

import type { Job } from '#main/engine/job.ts'
import type { Clock, Ids } from '#main/engine/ports/surroundings.ts'
import type { Route, RunProgress } from '#main/engine/ports/sync-store.ts'
import { hashOf } from '#main/engine/source-side.ts'
import type { StoredDefinition } from '#main/store/definition-store.ts'
import type { Store } from '#main/store/open-store.ts'
import { AppError } from '#shared/errors.ts'
import { compileEvents } from '#shared/filter/compile-events.ts'
import { compileFilter } from '#shared/filter/compile-filter.ts'
import type { Events, Filter } from '#shared/filter/filter-schema.ts'
import { compileMapping } from '#shared/mapping/compile-mapping.ts'
import type { CompiledMapping } from '#shared/mapping/evaluate-types.ts'
import type { ConnectedObject } from '#shared/model/connected.ts'
import type { DeletePolicy } from '#shared/model/delete-policy.ts'
import { type IntegrationDefinition, integrationDefinitionSchema } from '#shared/model/integration.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { Values } from '#shared/model/value.ts'
import { type Calculator, createAnswers } from './answers.ts'
import { contentKey, contentVersionOf } from './approval.ts'
import { compileTwoWay, refuseGoneBack, refuseReadOnly, sortedFields, twoWayOf } from './build-two-way.ts'
import type { Connections } from './connections.ts'
import type { MetObject } from './notice-drift.ts'
import { refuseGoneFields } from './refuse-gone-fields.ts'
import { refuseUndeletable } from './refuse-undeletable.ts'

export interface JobSurroundings {
  readonly store: Store
  readonly connections: Connections
  readonly calculator: Calculator
  readonly clock: Clock
  readonly ids: Ids
  /** Looks at, or breaks, what a run works with: only tests name one. */
  readonly aroundJob?: (job: Job) => Job
}

export interface BuiltJob {
  readonly job: Job
  readonly definition: IntegrationDefinition
  readonly version: number
  /** Both ends, for noticing that they look different than before. */
  readonly met: readonly MetObject[]
  /** Gives back what the job borrowed (its scratch index). */
  readonly release: () => void
}

/** Writes on their way at once, for one run. A few more than a connection has sockets (10): a free one finds the next waiting. */
const concurrency = 14

export interface JobHooks {
  readonly signal: AbortSignal
  readonly onProgress: (progress: RunProgress) => void
  /** To take a run back: what the mapping needs of the fields today does not matter. */
  readonly isUndo?: boolean
}

/** Throws AppError (config) for everything that keeps the integration from running. */
export async function buildJob(
  integrationId: string,
  surroundings: JobSurroundings,
  hooks: JobHooks,
): Promise<BuiltJob> {
  const { store, connections, clock, ids } = surroundings
  const stored = storedIntegration(store, integrationId)
  const definition = parseIntegration(stored)
  const source = await openObject(connections, definition.source, hooks.signal)
  const destination = await openObject(connections, definition.destination, hooks.signal)
  const compiled = compileDefinition(definition)
  refuseUnknownKeys(definition, compiled.mapping)
  const names = {
    sourceName: connections.definition(definition.source.connection).name,
    destinationName: connections.definition(definition.destination.connection).name,
  }
  const twoWay = compileTwoWay(definition)
  const { deletes = 'leave' } = definition.policies
  if (!hooks.isUndo) {
    refuseGoneFields(
      { read: compiled.usedFields, written: [...compiled.mapping.targetFields, ...markedFields(deletes)] },
      { ...names, source: source.description, destination: destination.description },
    )
    refuseUndeletable(deletes, destination.description)
    if (twoWay) refuseReadOnly(source.description)
    if (twoWay) refuseGoneBack(twoWay, names, source.description, destination.description)
  }
  const scratch = store.scratch()
  const sourceKeys = twoWay && store.scratch()
  const usedFields = twoWay ? sortedFields(compiled.usedFields, twoWay.mapping.targetFields) : compiled.usedFields
  const route: Route = {
    integrationId,
    integrationVersion: contentVersionOf(stored, store.definitions),
    sourceStream: store.streams.idOf(definition.source.connection, definition.source.object),
    destinationStream: store.streams.idOf(definition.destination.connection, definition.destination.object),
  }
  const job: Job = {
    plan: {
      route,
      mapping: compiled.mapping,
      matchFields: definition.match,
      existing: definition.policies.existing,
      ...(typeof deletes === 'object' && { marks: deletes.set }),
      usedFields,
      accepts: compiled.accepts,
      doubts: compiled.doubts,
      isEvent: compiled.isEvent,
      decisionOf: store.decisions.of,
      conflictDecisionOf: store.decisions.ofConflict,
      correctionsOf: store.corrections.of,
      destination,
      links: { ...store.links, hasOpenIntent: store.journal.hasOpenIntent },
      scratch,
      answers: createAnswers({
        links: store.links,
        connections,
        calculator: surroundings.calculator,
        sourceConnection: definition.source.connection,
        destinationConnection: definition.destination.connection,
      }),
    },
    ...(deletes !== 'leave' && { deletes }),
    ...(twoWay && sourceKeys && { twoWay: twoWayOf(twoWay, route, compiled.mapping, sourceKeys) }),
    source,
    destination,
    store: { links: store.links, journal: store.journal, runs: store.runs, plans: store.plans },
    clock,
    ids,
    settingsHash: hashOf([contentKey(stored.body), ...endBodies(store, definition)].join('\n')),
    // Only a full read shows what is gone.
    mayReadIncrementally: !compiled.dependsOnNow && deletes === 'leave',
    concurrency,
    onProgress: hooks.onProgress,
  }
  const release = (): void => {
    scratch.clear()
    sourceKeys?.clear()
  }
  const { aroundJob = (made: Job) => made } = surroundings
  const met = [
    { stream: route.sourceStream, place: names.sourceName, description: source.description },
    { stream: route.destinationStream, place: names.destinationName, description: destination.description },
  ]
  return { job: aroundJob(job), definition, version: stored.version, met, release }
}

function markedFields(deletes: DeletePolicy): readonly string[] {
  return typeof deletes === 'object' ? Object.keys(deletes.set) : []
}

/** The connections whose settings decide what a read gives: both, where both are read. */
function endBodies(store: Store, { pattern, source, destination }: IntegrationDefinition): readonly string[] {
  const bodyOf = ({ connection }: { connection: string }): string =>
    store.definitions.get('connection', connection)?.body ?? ''
  return pattern === 'two-way' ? [bodyOf(source), bodyOf(destination)] : [bodyOf(source)]
}

export function storedIntegration(store: Pick<Store, 'definitions'>, integrationId: string): StoredDefinition {
  const stored = store.definitions.get('integration', integrationId)
  if (stored) return stored
  throw new AppError({
    kind: 'config',
    code: 'unknown-integration',
    message: `There is no integration "${integrationId}".`,
    next: 'Import a definitions file that has it, or check the spelling.',
    details: { integration: integrationId },
  })
}

export function parseIntegration(stored: Pick<StoredDefinition, 'body'>): IntegrationDefinition {
  return integrationDefinitionSchema.parse(JSON.parse(stored.body))
}

/** Filter, events and mapping as functions. Throws AppError `mapping-invalid` with the place. */
export function compileDefinition(definition: IntegrationDefinition) {
  const { country, zone } = definition.defaults
  const options = {
    ...(country === undefined ? {} : { defaultCountry: country }),
    ...(zone === undefined ? {} : { zone }),
  }
  const mapping: CompiledMapping = compileMapping(definition.mapping, options)
  const filter = definition.filter ? compileFilter(definition.filter, options) : undefined
  const isEvent = definition.events ? compileEvents(definition.events) : () => true
  const fields = [...mapping.sourceFields, ...(filter?.sourceFields ?? []), ...eventFields(definition.events ?? [])]
  return {
    mapping,
    isEvent,
    usedFields: [...new Set(fields)].sort(),
    accepts: (values: Values, now: string): boolean => filter?.matches(values, { now }) ?? true,
    doubts: (values: Values, now: string): readonly DataIssue[] => filter?.unreadable(values, { now }) ?? [],
    dependsOnNow: definition.filter !== undefined && isRelativeToNow(definition.filter),
  }
}

/** Top-level fields of 'changed' events: the name as it stands, and the first part of a path. */
function eventFields(events: Events): readonly string[] {
  const paths = events.flatMap((event) => (typeof event === 'string' ? [] : event.changed))
  return paths.flatMap((path) => [path, path.split('.')[0] ?? path])
}

/** A record can begin to fit such a filter without being changed: only a full read meets it. */
function isRelativeToNow(filter: Filter): boolean {
  return /"(olderThan|inLast|inNext)":/.test(JSON.stringify(filter))
}

async function openObject(
  connections: Connections,
  at: { connection: string; object: string },
  signal: AbortSignal,
): Promise<ConnectedObject> {
  const connection = await connections.open(at.connection)
  return connection.object(at.object, signal)
}

function refuseUnknownKeys(definition: IntegrationDefinition, mapping: CompiledMapping): void {
  const missing = definition.match.find((field) => !mapping.targetFields.includes(field))
  if (missing === undefined) return
  throw new AppError({
    kind: 'config',
    code: 'match-not-mapped',
    message: `Records are to be matched by "${missing}", but the mapping does not fill that field.`,
    kept: 'Nothing was written.',
    next: `Add a mapping row for "${missing}", or match by another field.`,
    details: { field: missing },
  })
}
