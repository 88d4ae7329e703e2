/** Puts a backup in the place of a data folder's database. Whoever calls holds the lock of the folder. */
import { join } from 'node:path'
import { restore } from '#main/store/backup.ts'
import { databaseName } from '#main/store/open-store.ts'
import { ageFileIn } from './age-file.ts'

/** Answers where the former database is kept; null: there was none. Throws AppError `backup-unusable`. */
export function restoreBackup(backupPath: string, dataFolder: string, nowMs: number): string | null {
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/g, '-')
  const kept = restore(backupPath, join(dataFolder, databaseName), stamp)
  // Whatever its age, it is an earlier one.
  const age = ageFileIn(dataFolder)
  age.write(age.read() + 1)
  return kept
}
