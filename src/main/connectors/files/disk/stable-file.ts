/** Waits until nobody is writing a file any more, and tells one version of a file from another. */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Clock } from '#main/connector-kit/clock.ts'
import { AppError } from '#shared/errors.ts'
import { withFileErrors } from './file-errors.ts'

export interface FileStamp {
  readonly sizeBytes: number
  readonly modifiedMs: number
  /** Equal text: the same version, as far as the file system can tell. */
  readonly text: string
}

/** Throws AppError where the file cannot be reached or is a folder. */
export async function stampOf(path: string): Promise<FileStamp> {
  const facts = await withFileErrors(path, () => stat(path, { bigint: true }))
  if (facts.isDirectory()) {
    const name = basename(path)
    throw new AppError({
      kind: 'config',
      code: 'file-is-folder',
      message: `"${name}" is a folder, not a file.`,
      next: 'Choose a file, or set "folder" instead of "path".',
    })
  }
  return {
    sizeBytes: Number(facts.size),
    modifiedMs: Number(facts.mtimeMs),
    text: `${facts.dev}-${facts.ino}-${facts.size}-${facts.mtimeNs}-${facts.ctimeNs}`,
  }
}

export interface StableWait {
  readonly pollMs: number
  readonly stableMs: number
  readonly maxWaitMs: number
  readonly clock: Clock
  readonly signal: AbortSignal
}

/**
 * Resolves with the stamp once the file has not changed for `stableMs`. A file last changed long ago passes at once;
 * a time stamp in the future (clock of a network share) is not believed, the file is watched instead.
 * Throws AppError (transient, `file-still-growing`) after `maxWaitMs`.
 */
export async function waitUntilStable(path: string, wait: StableWait): Promise<FileStamp> {
  const { clock } = wait
  const startMs = clock.now()
  let stamp = await stampOf(path)
  if (clock.now() - stamp.modifiedMs >= wait.stableMs) return stamp
  let sameSinceMs = startMs
  while (clock.now() - sameSinceMs < wait.stableMs) {
    if (clock.now() - startMs > wait.maxWaitMs + wait.stableMs) throw stillGrowing(path, stamp)
    await withFileErrors(path, () => clock.sleep(Math.min(wait.pollMs, Math.max(1, wait.stableMs)), wait.signal))
    const now = await stampOf(path)
    if (now.text === stamp.text) continue
    stamp = now
    sameSinceMs = clock.now()
  }
  return stamp
}

function stillGrowing(path: string, stamp: FileStamp): AppError {
  return new AppError({
    kind: 'transient',
    code: 'file-still-growing',
    message: `"${basename(path)}" keeps changing; it is not complete yet.`,
    kept: 'Nothing of it was read.',
    next: 'Nothing to do: it is read once it has been at rest for a while.',
    details: { sizeBytes: stamp.sizeBytes },
  })
}
