/** Definitions of connections and integrations: every save is a version, none is ever changed. */
import type Database from 'better-sqlite3'

export type DefinitionKind = 'connection' | 'integration'

export interface StoredDefinition {
  readonly id: string
  readonly version: number
  readonly body: string
  readonly savedAt: string
  readonly savedBy: string
  /** When a plan of this integration was first approved; null: never. */
  readonly approvedAt: string | null
  /** Version of the plan that was approved last; null: none. */
  readonly approvedVersion: number | null
}

export interface DefinitionRepository {
  readonly list: (kind: DefinitionKind) => readonly StoredDefinition[]
  readonly get: (kind: DefinitionKind, id: string) => StoredDefinition | undefined
  /** One version of a definition, also of one that was removed. */
  readonly version: (kind: DefinitionKind, id: string, version: number) => StoredDefinition | undefined
  /** All versions, newest first. */
  readonly versions: (kind: DefinitionKind, id: string) => readonly StoredDefinition[]
  /** Saves a version; equal to the current one: nothing is saved. Answers the version and whether it is new. */
  readonly save: (definition: DefinitionToSave) => { readonly version: number; readonly isNew: boolean }
  readonly remove: (kind: DefinitionKind, id: string, at: string) => void
  readonly approve: (integrationId: string, version: number, at: string) => void
}

export interface DefinitionToSave {
  readonly kind: DefinitionKind
  readonly id: string
  readonly body: string
  readonly savedAt: string
  readonly savedBy: string
}

interface Row {
  readonly id: string
  readonly version: number
  readonly body: string
  readonly saved_at: string
  readonly saved_by: string
  readonly approved_at: string | null
  readonly approved_version: number | null
}

export function createDefinitionStore(db: Database.Database): DefinitionRepository {
  const columns = 'v.id, v.version, v.body, v.saved_at, v.saved_by, d.approved_at, d.approved_version'
  const current = `select ${columns} from definition d join definition_version v on v.kind = d.kind and v.id = d.id and v.version = d.version
    where d.kind = ? and d.removed_at is null`
  const list = db.prepare<[string], Row>(`${current} order by d.id`)
  const get = db.prepare<[string, string], Row>(`${current} and d.id = ?`)
  const versions = db.prepare<[string, string], Row>(`
    select ${columns} from definition_version v join definition d on d.kind = v.kind and d.id = v.id
    where v.kind = ? and v.id = ? order by v.version desc`)
  const oneVersion = db.prepare<[string, string, number], Row>(`
    select ${columns} from definition_version v join definition d on d.kind = v.kind and d.id = v.id
    where v.kind = ? and v.id = ? and v.version = ?`)
  const lastVersion = db
    .prepare<[string, string], number | null>('select max(version) from definition_version where kind = ? and id = ?')
    .pluck()
  const insert = db.prepare(
    'insert into definition_version(kind, id, version, body, saved_at, saved_by) values (?, ?, ?, ?, ?, ?)',
  )
  const point = db.prepare(`insert into definition(kind, id, version) values (?, ?, ?)
    on conflict do update set version = excluded.version, removed_at = null`)
  const remove = db.prepare('update definition set removed_at = ? where kind = ? and id = ?')
  const approve = db.prepare(
    `update definition set approved_at = coalesce(approved_at, ?), approved_version = ? where kind = 'integration' and id = ?`,
  )

  const save = db.transaction((definition: DefinitionToSave) => {
    const { kind, id, body } = definition
    const now = get.get(kind, id)
    if (now?.body === body) return { version: now.version, isNew: false }
    const version = (lastVersion.get(kind, id) ?? 0) + 1
    insert.run(kind, id, version, body, definition.savedAt, definition.savedBy)
    point.run(kind, id, version)
    return { version, isNew: true }
  })

  return {
    list: (kind) => list.all(kind).map(stored),
    get: (kind, id) => {
      const row = get.get(kind, id)
      return row && stored(row)
    },
    version: (kind, id, version) => {
      const row = oneVersion.get(kind, id, version)
      return row && stored(row)
    },
    versions: (kind, id) => versions.all(kind, id).map(stored),
    save: (definition) => save.immediate(definition),
    remove: (kind, id, at) => void remove.run(at, kind, id),
    approve: (integrationId, version, at) => void approve.run(at, version, integrationId),
  }
}

function stored(row: Row): StoredDefinition {
  return {
    id: row.id,
    version: row.version,
    body: row.body,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
    approvedAt: row.approved_at,
    approvedVersion: row.approved_version,
  }
}
