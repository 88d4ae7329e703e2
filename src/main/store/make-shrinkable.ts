/**
 * Lets a database that was made without it give space back, once: SQLite has to write the file anew for that (VACUUM),
 * atomically, like any other transaction. Only where it takes a moment and the disk has room; otherwise the space of
 * removed rows is used again, and the file does not grow (decision 25).
 */
import { statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { canShrink } from './file-space.ts'

/** About three seconds on a slow disk. */
const largestBytes = 256_000_000
/** The new file, its write-ahead log, and as much again. */
const roomFactor = 3

/** Answers whether it can give space back now. A database that could not be written anew is unchanged. */
export function makeShrinkable(db: Database.Database, room = freeRoomBytes(db.name)): boolean {
  if (canShrink(db)) return true
  const { size } = statSync(db.name)
  if (size > largestBytes || size * roomFactor > room) return false
  try {
    db.pragma('auto_vacuum = INCREMENTAL')
    db.exec('vacuum')
    db.pragma('wal_checkpoint(TRUNCATE)')
  } catch {
    // The disk is fuller than it said, or somebody reads the database: the next start tries again.
  }
  return canShrink(db)
}

/** Of the disk of the database and of the one for temporary files, whichever has less. */
function freeRoomBytes(path: string): number {
  return Math.min(...[dirname(path), tmpdir()].map(roomIn))
}

/** None where it cannot be told: a folder for temporary files may be named and not be there. */
function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}
