/**
 * Which files of a watched folder are known, by content. A content gets an instant when it is first seen; the reading
 * of changes goes by these instants, so that a file counts as processed only when the engine has stored its checkpoint
 * behind it, not when it was merely opened. Instants never run backwards, whatever the clock of the PC does.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '#main/connector-kit/clock.ts'
import { AppError } from '#shared/errors.ts'

const memorySchema = z.object({
  version: z.literal(1),
  lastInstantMs: z.number(),
  /** By sha-256: the name the content first came under. */
  contents: z.record(z.string(), z.object({ name: z.string(), firstSeenMs: z.number() })),
})

export type FolderMemory = z.infer<typeof memorySchema>

const fileName = 'known-files.json'

/** A missing memory is an empty one: every file is new, and the engine meets its records as unchanged. */
export async function loadMemory(stateFolder: string): Promise<FolderMemory> {
  const path = join(stateFolder, fileName)
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw thrown
  })
  if (text === undefined) return { version: 1, lastInstantMs: 0, contents: {} }
  try {
    return memorySchema.parse(JSON.parse(text))
  } catch (thrown) {
    throw memoryDamaged(path, thrown)
  }
}

export async function saveMemory(stateFolder: string, memory: FolderMemory): Promise<void> {
  await mkdir(stateFolder, { recursive: true })
  const path = join(stateFolder, fileName)
  {
    await using file = await open(`${path}.part`, 'w')
    await file.writeFile(JSON.stringify(memory))
    await file.sync()
  }
  await rename(`${path}.part`, path)
}

/** The next instant: now, but later than any given before. */
export function nextInstant(memory: FolderMemory, clock: Clock): number {
  return Math.max(clock.now(), memory.lastInstantMs + 1)
}

function memoryDamaged(path: string, cause: unknown): AppError {
  return new AppError(
    {
      kind: 'config',
      code: 'memory-damaged',
      message: 'The list of files that were already processed cannot be read.',
      kept: 'The files themselves are untouched.',
      next: 'Delete the file named in the details; all files of the folder are then read again, and what is unchanged stays unchanged.',
      details: { file: path },
    },
    cause,
  )
}
