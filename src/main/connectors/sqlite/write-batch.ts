/** Sends a batch of writes in one transaction: it is on the disk as a whole, or nothing of it is. */
import { errorInfoOf } from '#shared/errors.ts'
import type { PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import { constraintOf, sqliteErrorInfo } from './sqlite-errors.ts'
import { type RowWriter, writeRow } from './write-row.ts'

/**
 * One reply per write. A record the table refuses is rejected alone; trouble with the database as a whole leaves
 * nothing behind and answers `not-sent`; only a drive that fails while committing leaves it uncertain.
 */
export function sendBatch(writer: RowWriter, writes: readonly PreparedWrite[]): readonly WriteReply[] {
  const { db } = writer
  let isCommitting = false
  try {
    db.exec('BEGIN IMMEDIATE')
    const replies = writes.map((write) => writeInSavepoint(writer, write))
    isCommitting = true
    db.exec('COMMIT')
    return replies
  } catch (thrown) {
    if (db.inTransaction) db.exec('ROLLBACK')
    return replyToTrouble(writer, { writes, thrown, isCommitting })
  }
}

interface Trouble {
  readonly writes: readonly PreparedWrite[]
  readonly thrown: unknown
  readonly isCommitting: boolean
}

function replyToTrouble(writer: RowWriter, { writes, thrown, isCommitting }: Trouble): readonly WriteReply[] {
  const constraint = constraintOf(thrown)
  // A deferred foreign key speaks up at the commit: one by one, so that it costs only the record it is about.
  if (constraint && writes.length > 1) return writes.flatMap((write) => sendBatch(writer, [write]))
  if (constraint) return writes.map(() => ({ status: 'rejected', ...constraint }))
  const error = sqliteErrorInfo(thrown) ?? errorInfoOf(thrown)
  const isOpen = isCommitting && error.code === 'database-drive-trouble'
  return writes.map(() => (isOpen ? { status: 'uncertain', error } : { status: 'not-sent', error }))
}

function writeInSavepoint(writer: RowWriter, write: PreparedWrite): WriteReply {
  const { db } = writer
  db.exec('SAVEPOINT patchbay_write')
  try {
    const reply = writeRow(writer, write)
    db.exec('RELEASE patchbay_write')
    return reply
  } catch (thrown) {
    const constraint = db.inTransaction ? constraintOf(thrown) : undefined
    if (!constraint) throw thrown
    db.exec('ROLLBACK TO patchbay_write')
    db.exec('RELEASE patchbay_write')
    return { status: 'rejected', ...constraint }
  }
}
