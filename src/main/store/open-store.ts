/** Opens the store of a data folder: database, checks after an unclean stop, migrations, repositories. */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { ScheduleStore } from '#main/engine/ports/schedule-store.ts'
import type { SecretRows } from '#main/engine/ports/secret-rows.ts'
import type { JournalStore, ScratchIndex } from '#main/engine/ports/sync-store.ts'
import { type BackupInfo, backUp } from './backup.ts'
import { type CorrectionStore, createCorrectionStore } from './correction-store.ts'
import { createDecisionStore, type DecisionStore } from './decision-store.ts'
import { createDefinitionStore, type DefinitionRepository } from './definition-store.ts'
import { createDurability } from './durability.ts'
import { createFileSpace, type FileSpace } from './file-space.ts'
import { type AgeBeside, openGeneration } from './generation.ts'
import { checkTables, journalTables, otherTables, presentJournalTables } from './health.ts'
import { createJournalStore } from './journal-store.ts'
import { createLinkStore, type LinkWriter } from './link-store.ts'
import { makeShrinkable } from './make-shrinkable.ts'
import { createMeta, type Meta } from './meta.ts'
import { type Migration, migrate, schemaVersion } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { openDatabase, storeError } from './open-database.ts'
import { createPlanStore, type PlanRepository } from './plan-store.ts'
import { createRecordLog, type RecordLog } from './record-log.ts'
import { createRetention, type Retention } from './retention.ts'
import { createRunStore, type RunRepository } from './run-store.ts'
import { createScheduleStore } from './schedule-store.ts'
import { createScratchIndex } from './scratch-index.ts'
import { createSecretRows } from './secret-rows.ts'
import { createSettings, type Settings } from './settings.ts'
import { createShapeStore, type ShapeStore } from './shape-store.ts'
import { translated } from './store-errors.ts'
import { createStreams, type Streams } from './streams.ts'
import { createWalFlush } from './wal-flush.ts'

export interface Store {
  readonly meta: Meta
  readonly definitions: DefinitionRepository
  readonly streams: Streams
  readonly links: LinkWriter
  readonly journal: JournalStore
  readonly runs: RunRepository
  readonly records: RecordLog
  readonly plans: PlanRepository
  readonly schedules: ScheduleStore
  readonly decisions: DecisionStore
  readonly corrections: CorrectionStore
  readonly secrets: SecretRows
  readonly shapes: ShapeStore
  readonly settings: Settings
  readonly retention: Retention
  readonly space: FileSpace
  readonly scratch: () => ScratchIndex
  readonly schemaVersion: number
  /** True when the last stop was not a clean one. */
  readonly wasUnclean: boolean
  /** Checks one of the tables that were not checked at start; answers false when all are done. Throws `database-damaged`. */
  readonly checkNext: () => boolean
  /** Checks every table now. Throws `database-damaged`. */
  readonly checkAll: () => void
  readonly backUp: (path: string) => Promise<BackupInfo>
  readonly heldCount: () => number
  /** When it was noticed that the database had been put back to an earlier state; null: never. */
  readonly restoredAt: () => string | null
  readonly close: () => void
}

export interface StoreOptions {
  readonly folder: string
  readonly nowMs: () => number
  /** Tells a database that was put back from one that has gone on; absent: that is not told. */
  readonly ageBeside?: AgeBeside
  /** Only tests name others. */
  readonly migrations?: readonly Migration[]
}

export const databaseName = 'patchbay.db'

export function openStore(options: StoreOptions): Store {
  const { folder } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, databaseName)
  const isExisting = existsSync(path)
  const db = openDatabase(path)
  try {
    const wasUnclean = isExisting && isUnclean(db)
    if (wasUnclean) checkTables(db, presentJournalTables(db))
    keepCopyBeforeMigration(db, path, options.migrations ?? migrations)
    migrate(db, options.migrations ?? migrations)
    makeShrinkable(db)
    return makeStore(db, wasUnclean, options)
  } catch (thrown) {
    db.close()
    throw storeError(thrown)
  }
}

function isUnclean(db: Database.Database): boolean {
  if (schemaVersion(db) === 0) return false
  return createMeta(db).get('clean-stop') !== 'yes'
}

/** The old file is kept beside the new one: a migration that turns out to be wrong can be undone. */
function keepCopyBeforeMigration(db: Database.Database, path: string, all: readonly Migration[]): void {
  const current = schemaVersion(db)
  const newest = all.at(-1)?.version ?? 0
  if (current === 0 || current >= newest) return
  db.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(path, `${path}.before-version-${newest}`)
}

function makeStore(db: Database.Database, wasUnclean: boolean, { nowMs, ageBeside }: StoreOptions): Store {
  const generation = ageBeside && openGeneration(db, ageBeside, nowMs())
  const meta = createMeta(db)
  meta.set('clean-stop', 'no')
  const links = createLinkStore(db)
  const wal = createWalFlush(db)
  const { relax, insist } = createDurability(db)
  const held = db.prepare<[], number>(`select count(*) from intent where state = 'held'`).pluck()
  const unchecked = wasUnclean ? [...otherTables(db)] : []
  return {
    meta: translated(meta, insist),
    links: translated(links),
    wasUnclean,
    definitions: translated(createDefinitionStore(db), insist),
    streams: translated(createStreams(db), insist),
    journal: translated(createJournalStore({ db, links, nowMs, flush: wal.flush, relax, insist })),
    runs: translated(createRunStore(db), insist),
    records: translated(createRecordLog(db)),
    plans: translated(createPlanStore(db), insist),
    schedules: translated(createScheduleStore(db), insist),
    decisions: translated(createDecisionStore(db), insist),
    corrections: translated(createCorrectionStore(db), insist),
    secrets: translated(createSecretRows(db), insist),
    shapes: translated(createShapeStore(db), insist),
    settings: translated(createSettings(meta), insist),
    // What a power failure takes back is removed once more.
    retention: translated(createRetention(db), relax),
    space: translated(createFileSpace(db), relax),
    scratch: () => translated(createScratchIndex(db)),
    schemaVersion: schemaVersion(db),
    checkNext: () => {
      const table = unchecked.pop()
      if (table !== undefined) checkTables(db, [table])
      return table !== undefined
    },
    checkAll: () => checkTables(db, [...journalTables, ...otherTables(db)]),
    backUp: (to) => backUp(db, to),
    heldCount: () => held.get() ?? 0,
    restoredAt: () => generation?.restoredAt() ?? null,
    close: () => {
      try {
        generation?.advance()
        meta.set('clean-stop', 'yes')
        db.pragma('optimize')
      } catch {
        // A full disk: the next start finds that this stop was not a clean one, and checks the database.
      }
      wal.close()
      db.close()
    },
  }
}
