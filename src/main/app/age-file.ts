/** The age of the database in a file beside it: see store/generation.ts. */
import { join } from 'node:path'
import type { AgeBeside } from '#main/store/generation.ts'
import { readIfThere, writePrivateFile } from './host/files/private-file.ts'

export function ageFileIn(folder: string): AgeBeside {
  const path = join(folder, 'patchbay.generation')
  return {
    read: () => {
      const age = Number(readIfThere(path) ?? 0)
      return Number.isSafeInteger(age) ? age : 0
    },
    write: (age) => writePrivateFile(path, String(age)),
  }
}
