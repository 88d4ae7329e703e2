/** Imports, exports, saves and describes definitions. The same file imported again saves nothing. */
import { z } from 'zod'
import type { DefinitionRepository } from '#main/store/definition-store.ts'
import { AppError } from '#shared/errors.ts'
import type { JsonObject } from '#shared/json.ts'
import { type ConnectionDefinition, connectionDefinitionSchema } from '#shared/model/connection.ts'
import { type IntegrationDefinition, integrationDefinitionSchema } from '#shared/model/integration.ts'
import { tryReadSchedule } from '#shared/schedule/read-schedule.ts'
import { compileDefinition, parseIntegration } from './build-job.ts'
import { compileTwoWay } from './build-two-way.ts'
import { complainAboutSets, type SetComplaint } from './check-sets.ts'
import type { Connections } from './connections.ts'
import type { ReadDefinitions } from './definitions-file.ts'
import { definitionsFileSchema } from './definitions-schema.ts'
import { editedAs, parseEdited, refuseChangedMeanwhile, refuseUnreadableSchedule } from './edited-definition.ts'

export interface SavedDefinition {
  readonly kind: 'connection' | 'integration'
  readonly id: string
  readonly version: number
  readonly isNew: boolean
}

/** A definition somebody edits in the window. */
export interface EditedDefinition {
  readonly definition: JsonObject
  /** The version the change was made from; null: it is new. */
  readonly expectedVersion: number | null
}

export interface Definitions {
  /** Throws AppError `definition-invalid` with details.place, or `changed-meanwhile`. */
  readonly saveConnection: (edited: EditedDefinition) => Promise<SavedDefinition>
  readonly saveIntegration: (edited: EditedDefinition) => Promise<SavedDefinition>
  readonly importFile: (text: string, fileName: string) => Promise<readonly SavedDefinition[]>
  readonly exportFile: () => Promise<string>
  readonly schema: () => JsonObject
}

/** Looks at a calculation without running it. */
export type CheckExpression = (
  text: string,
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly message: string; readonly position: number }>

export interface DefinitionsOptions {
  readonly checkExpression: CheckExpression
  readonly repository: DefinitionRepository
  readonly connections: Connections
  readonly connectors: ReadonlyMap<string, { readonly config: z.ZodType }>
  readonly now: () => string
}

export function createDefinitions(options: DefinitionsOptions): Definitions {
  const { repository } = options

  const save = (
    kind: SavedDefinition['kind'],
    definition: { readonly id: string },
    savedBy: 'import' | 'window' = 'import',
  ): SavedDefinition => {
    const body = JSON.stringify(definition)
    const { id } = definition
    return { kind, id, ...repository.save({ kind, id, body, savedAt: options.now(), savedBy }) }
  }

  return {
    saveConnection: async ({ definition, expectedVersion }) => {
      const parsed = parseEdited(connectionDefinitionSchema, definition)
      checkConnection(parsed, 0, editedAs({ connections: [parsed], integrations: [] }), options)
      refuseChangedMeanwhile(repository.get('connection', parsed.id), parsed.id, expectedVersion)
      const saved = save('connection', parsed, 'window')
      if (saved.isNew) await options.connections.forget(parsed.id)
      return saved
    },
    saveIntegration: async ({ definition, expectedVersion }) => {
      refuseUnreadableSchedule(definition)
      const parsed = parseEdited(integrationDefinitionSchema, definition)
      refuseChangedMeanwhile(repository.get('integration', parsed.id), parsed.id, expectedVersion)
      checkSets([parsed], repository, (complaint) => setProblem(complaint))
      return save('integration', parsed, 'window')
    },
    importFile: async (text, fileName) => {
      // Loaded when needed: the YAML reader takes memory that a run has better use for.
      const { readDefinitions } = await import('./definitions-file.ts')
      const read = readDefinitions(text, fileName)
      await check(read, options)
      const saved = [
        ...read.definitions.connections.map((definition) => save('connection', definition)),
        ...read.definitions.integrations.map((definition) => save('integration', definition)),
      ]
      for (const one of saved) if (one.isNew && one.kind === 'connection') await options.connections.forget(one.id)
      return saved
    },
    exportFile: async () => {
      const { stringify } = await import('yaml')
      return stringify({
        patchbay: 1,
        connections: repository.list('connection').map((stored): unknown => JSON.parse(stored.body)),
        integrations: repository.list('integration').map((stored): unknown => JSON.parse(stored.body)),
      })
    },
    schema: () => jsonSchema(options.connectors),
  }
}

/** Everything is checked before anything is saved. */
async function check(read: ReadDefinitions, options: DefinitionsOptions): Promise<void> {
  const { connections, integrations } = read.definitions
  for (const [index, connection] of connections.entries()) checkConnection(connection, index, read, options)
  refuseRepeated(connections, 'connections', read)
  refuseRepeated(integrations, 'integrations', read)
  const known = new Set([
    ...connections.map((one) => one.id),
    ...options.repository.list('connection').map((one) => one.id),
  ])
  for (const [index, integration] of integrations.entries())
    await checkIntegration(integration, index, { read, known, checkExpression: options.checkExpression })
  checkSets(integrations, options.repository, ({ id, path, message, next }) => {
    const index = Math.max(
      0,
      integrations.findIndex((one) => one.id === id),
    )
    return read.complain(['integrations', index, ...path], message, next)
  })
}

/** Together with what is saved already: a set may come from several files. */
function checkSets(
  integrations: readonly IntegrationDefinition[],
  repository: DefinitionRepository,
  complain: (complaint: SetComplaint) => AppError,
): void {
  const ids = new Set(integrations.map(({ id }) => id))
  const saved = repository
    .list('integration')
    .filter(({ id }) => !ids.has(id))
    .map(parseIntegration)
  const complaint = complainAboutSets([...saved, ...integrations])
  if (complaint) throw complain(complaint)
}

function setProblem({ message, next }: SetComplaint): AppError {
  return new AppError({ kind: 'config', code: 'set-invalid', message, kept: 'Nothing was saved.', next })
}

function refuseRepeated(items: readonly { readonly id: string }[], list: string, read: ReadDefinitions): void {
  const index = items.findIndex((item, at) => items.findIndex((other) => other.id === item.id) < at)
  if (index >= 0) throw read.complain([list, index, 'id'], `The id "${items[index]?.id ?? ''}" stands here twice.`)
}

function checkConnection(
  connection: ConnectionDefinition,
  index: number,
  read: ReadDefinitions,
  options: DefinitionsOptions,
): void {
  const connector = options.connectors.get(connection.connector)
  if (!connector) {
    const known = [...options.connectors.keys()].join(', ')
    throw read.complain(
      ['connections', index, 'connector'],
      `There is no connector "${connection.connector}".`,
      `Use one of: ${known}.`,
    )
  }
  const parsed = connector.config.safeParse(connection.settings)
  const issue = parsed.success ? undefined : parsed.error.issues[0]
  if (!issue) return
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = ['connections', index, 'settings', ...issue.path, ...unknown]
  throw read.complain(path, unknown.length > 0 ? `"${unknown[0]}" is not a known field here.` : issue.message)
}

interface Checking {
  readonly read: ReadDefinitions
  /** Ids of the connections there are or will be. */
  readonly known: ReadonlySet<string>
  readonly checkExpression: CheckExpression
}

async function checkIntegration(
  integration: IntegrationDefinition,
  index: number,
  { read, known, checkExpression }: Checking,
): Promise<void> {
  const complain = (path: readonly PropertyKey[], message: string, next?: string): AppError =>
    read.complain(['integrations', index, ...path], message, next)
  for (const side of ['source', 'destination'] as const) {
    if (!known.has(integration[side].connection)) {
      throw complain(
        [side, 'connection'],
        `There is no connection "${integration[side].connection}".`,
        'Add it to this file, or import it first.',
      )
    }
  }
  if (integration.schedule) {
    const read = tryReadSchedule(integration.schedule)
    if (!read.ok) throw complain(['schedule', ...read.problem.path], read.problem.message, read.problem.next)
  }
  try {
    compileDefinition(integration)
    compileTwoWay(integration)
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    throw complain(pathOf(thrown.info.details?.place), thrown.message, thrown.info.next)
  }
  for (const { path, expression } of calculationsIn(integration.mapping, ['mapping'])) {
    const checked = await checkExpression(expression)
    if (!checked.ok) throw complain(path, `This calculation cannot be read: ${checked.message}`)
  }
}

/** Every `calculate` step of a mapping with its place, however deep. */
function calculationsIn(
  value: unknown,
  path: readonly PropertyKey[],
): readonly { path: readonly PropertyKey[]; expression: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => calculationsIn(item, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const isCalculation = key === 'calculate' && path.includes('steps') && typeof item === 'string'
    return isCalculation ? [{ path: [...path, key], expression: item }] : calculationsIn(item, [...path, key])
  })
}

/** 'mapping[3].steps[1].pattern' as a path. */
function pathOf(place: unknown): readonly PropertyKey[] {
  if (typeof place !== 'string') return []
  return [...place.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** The published JSON Schema: the settings of a connection follow its connector. */
function jsonSchema(connectors: ReadonlyMap<string, { readonly config: z.ZodType }>): JsonObject {
  const schema = z.toJSONSchema(definitionsFileSchema, { io: 'input', unrepresentable: 'any' })
  const choices = [...connectors].map(([id, connector]) => ({
    if: { properties: { connector: { const: id } } },
    // biome-ignore lint/suspicious/noThenProperty: "then" is a keyword of JSON Schema; this object is never awaited.
    then: { properties: { settings: z.toJSONSchema(connector.config, { io: 'input', unrepresentable: 'any' }) } },
  }))
  // What zod produces is JSON by construction; going through text drops what is undefined.
  const plain = JSON.parse(JSON.stringify(schema)) as {
    properties: { connections: { items: Record<string, unknown> } }
  }
  plain.properties.connections.items.allOf = choices
  return JSON.parse(JSON.stringify(plain)) as JsonObject
}
