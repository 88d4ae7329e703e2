/** How large the database file is, and giving the space of removed rows back to the disk. */
import type Database from 'better-sqlite3'

export interface FileSizes {
  readonly fileBytes: number
  /** Of these: pages without rows, which are used again. */
  readonly freeBytes: number
}

export interface FileSpace {
  readonly sizes: () => FileSizes
  /** How many pages could be given back; 0 where the database cannot do that. */
  readonly freePages: () => number
  /** Gives up to so many of them back, at least one, in one transaction. */
  readonly giveBack: (pageCount: number) => void
}

export function createFileSpace(db: Database.Database): FileSpace {
  const number = (name: string): number => Number(db.pragma(name, { simple: true }))
  return {
    sizes: () => {
      const pageBytes = number('page_size')
      return { fileBytes: number('page_count') * pageBytes, freeBytes: number('freelist_count') * pageBytes }
    },
    freePages: () => (canShrink(db) ? number('freelist_count') : 0),
    giveBack: (pageCount) => void db.pragma(`incremental_vacuum(${Math.max(1, Math.floor(pageCount))})`),
  }
}

/** Whether pages can be given back one by one: decided when a database is made. */
export function canShrink(db: Database.Database): boolean {
  return Number(db.pragma('auto_vacuum', { simple: true })) === incremental
}

const incremental = 2
