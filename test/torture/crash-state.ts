/** Looks at what a kill left on the disk: on a copy, so that the next process meets it untouched. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export interface CrashState {
  /** What `PRAGMA integrity_check` and `PRAGMA foreign_key_check` found; empty: nothing. */
  readonly damage: string
  /** Open intents by their state. */
  readonly open: Readonly<Record<string, number>>
  /** Source ids of the writes that wait for a person. */
  readonly held: readonly string[]
  /** Intents of class N that may have left. */
  readonly sentOnce: readonly number[]
}

export function readCrashState(dataFolder: string): CrashState {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-crash-'))
  try {
    return stateOf(copyDatabase(dataFolder, folder))
  } catch (thrown) {
    return { damage: String(thrown), open: {}, held: [], sentOnce: [] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The database with its write-ahead log, as the killed process left them. */
function copyDatabase(from: string, to: string): string {
  for (const name of ['patchbay.db', 'patchbay.db-wal']) {
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name))
  }
  return join(to, 'patchbay.db')
}

function stateOf(path: string): CrashState {
  const db = new Database(path)
  try {
    const integrity = String(db.pragma('integrity_check', { simple: true }))
    const orphans = db.pragma('foreign_key_check')
    const isWhole = integrity === 'ok' && Array.isArray(orphans) && orphans.length === 0
    const states = db.prepare<[], [string, number]>('select state, count(*) from intent group by state').raw().all()
    const held = db.prepare<[], string>(`select source_id from intent where state = 'held'`).pluck().all()
    const sentOnce = db
      .prepare<[], number>(`select id from intent where state = 'sent' and write_class = 'N'`)
      .pluck()
      .all()
    const damage = isWhole ? '' : `${integrity} ${JSON.stringify(orphans)}`
    return { damage, open: Object.fromEntries(states), held, sentOnce }
  } finally {
    db.close()
  }
}
