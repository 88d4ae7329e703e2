import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { openDatabase } from './open-database.ts'

/**
 * Versions before 3.51.3 could damage a database in WAL mode at a reset of its log; 3.52.0 was withdrawn
 * (https://www.sqlite.org/changes.html, 2026-11-27).
 */
function isSound(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const rank = (major * 1000 + minor) * 1000 + patch
  return rank >= 3_051_003 && rank !== 3_052_000
}

describe('an open database', () => {
  it('is of a version that does not damage its own log, and maps no file into memory', () => {
    const db = openDatabase(join(tempFolder(), 'a.db'))
    const version = db.prepare<[], string>('select sqlite_version()').pluck().get() ?? ''
    // A build without the ability to map answers nothing.
    const mappedBytes = db.pragma('mmap_size', { simple: true }) ?? 0
    db.close()
    expect([isSound(version), mappedBytes]).toEqual([true, 0])
    expect(['3.50.4', '3.51.2', '3.52.0'].map(isSound)).toEqual([false, false, false])
  })

  it('is on the disk before anything goes on, and keeps its references whole', () => {
    const db = openDatabase(join(tempFolder(), 'a.db'))
    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'auto_vacuum'].map((name) =>
      db.pragma(name, { simple: true }),
    )
    db.close()
    const [full, on, incremental] = [2, 1, 2]
    expect(settings).toEqual(['wal', full, on, incremental])
  })
})
