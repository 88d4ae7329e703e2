/** What SQLite says, as errors an owner understands. Codes: https://www.sqlite.org/rescode.html (read 2026-11). */
import Database from 'better-sqlite3'
import { AppError, type ErrorInfo } from '#shared/errors.ts'

type Words = Pick<ErrorInfo, 'kind' | 'code' | 'message' | 'next'>

const byCode: Readonly<Record<string, Words>> = {
  SQLITE_BUSY: {
    kind: 'transient',
    code: 'database-locked',
    message: 'Another program is writing to the database.',
    next: 'Nothing to do: Patchbay tries again. If it stays, close the other program.',
  },
  SQLITE_LOCKED: {
    kind: 'transient',
    code: 'database-locked',
    message: 'The table is locked by another program.',
    next: 'Nothing to do: Patchbay tries again.',
  },
  SQLITE_NOTADB: {
    kind: 'config',
    code: 'not-a-database',
    message: 'The file is not a SQLite database, or it is encrypted.',
    next: 'Choose another file, or restore it from a backup.',
  },
  SQLITE_CORRUPT: {
    kind: 'config',
    code: 'database-damaged',
    message: 'The database is damaged.',
    next: 'Make a copy of the file, then restore it from a backup or repair it.',
  },
  SQLITE_FULL: {
    kind: 'transient',
    code: 'database-full',
    message: 'There is no room left for the database.',
    next: 'Make room on the drive. Patchbay then goes on by itself.',
  },
  SQLITE_READONLY: {
    kind: 'config',
    code: 'database-read-only',
    message: 'The database cannot be written to.',
    next: 'Take the write protection off the file and its folder, or choose another destination.',
  },
  SQLITE_CANTOPEN: {
    kind: 'config',
    code: 'database-missing',
    message: 'The database file cannot be opened: it is missing, or this account may not open it.',
    next: 'Check the path and the rights of the file in the connection.',
  },
  SQLITE_IOERR: {
    kind: 'transient',
    code: 'database-drive-trouble',
    message: 'The drive with the database reports an error.',
    next: 'Check the drive or the network share. Patchbay tries again.',
  },
  SQLITE_PERM: {
    kind: 'config',
    code: 'database-not-allowed',
    message: 'This user account may not open the database.',
    next: 'Give the account the right to the file.',
  },
}

/** The error of something SQLite threw; undefined for what is none of its errors. */
export function sqliteErrorInfo(thrown: unknown): ErrorInfo | undefined {
  if (!(thrown instanceof Database.SqliteError)) return undefined
  const primary = /^SQLITE_[A-Z]+/.exec(thrown.code)?.[0] ?? thrown.code
  const known = byCode[primary] ?? {
    kind: 'bug' as const,
    code: 'database-trouble',
    message: 'The database refused a request of Patchbay.',
    next: 'Copy the details and report them.',
  }
  return {
    ...known,
    kept: 'Nothing was changed by this step.',
    details: { sqlite: thrown.code, technical: thrown.message.slice(0, 200) },
  }
}

/** Runs something on the database; its errors become AppErrors. */
export function withSqliteErrors<T>(run: () => T): T {
  try {
    return run()
  } catch (thrown) {
    const info = sqliteErrorInfo(thrown)
    throw info ? new AppError(info, thrown) : thrown
  }
}

/** A constraint that refused one record; undefined for anything else. */
export function constraintOf(thrown: unknown): { readonly error: ErrorInfo; readonly field?: string } | undefined {
  if (!(thrown instanceof Database.SqliteError) || !/^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/.test(thrown.code))
    return undefined
  const columns =
    /failed: (.+)$/
      .exec(thrown.message)?.[1]
      ?.split(', ')
      .map((name) => name.slice(name.lastIndexOf('.') + 1)) ?? []
  const [column] = columns
  const isColumn = column !== undefined && /NOTNULL|UNIQUE|PRIMARYKEY/.test(thrown.code)
  const error: ErrorInfo = {
    kind: /UNIQUE|PRIMARYKEY|ROWID/.test(thrown.code) ? 'conflict' : 'data',
    code: 'constraint-refused',
    message: constraintWords(thrown.code, columns.join(' and ')),
    kept: 'Nothing was written for this record.',
    next: 'Correct the value at its source, or the mapping.',
    details: { sqlite: thrown.code, technical: thrown.message.slice(0, 200) },
  }
  return { error, ...(isColumn ? { field: column } : {}) }
}

function constraintWords(code: string, what: string): string {
  if (code.endsWith('NOTNULL')) return `${what} must be filled.`
  if (/UNIQUE|PRIMARYKEY/.test(code)) return `Another record has the same ${what}.`
  if (code.endsWith('FOREIGNKEY'))
    return 'The record points to another record that does not exist, or is still pointed to.'
  if (code.endsWith('CHECK')) return `A rule of the table does not allow the values (${what}).`
  if (code.endsWith('TOOBIG')) return 'A value is too large for the database.'
  return 'A value is not of the type the table demands.'
}
