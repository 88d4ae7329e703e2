/** What the operating system says about a file, as errors an owner understands. */
import { basename } from 'node:path'
import { AppError, type ErrorInfo } from '#shared/errors.ts'

const rows: Readonly<Record<string, (name: string) => Pick<ErrorInfo, 'kind' | 'code' | 'message' | 'next'>>> = {
  ENOENT: (name) => ({
    kind: 'config',
    code: 'file-missing',
    message: `The file or folder "${name}" does not exist.`,
    next: 'Put it back, or choose another one in the connection.',
  }),
  ENOTDIR: (name) => ({
    kind: 'config',
    code: 'file-missing',
    message: `The path to "${name}" leads through something that is not a folder.`,
    next: 'Correct the path in the connection.',
  }),
  EACCES: (name) => ({
    kind: 'config',
    code: 'file-not-allowed',
    message: `This user account may not open "${name}".`,
    next: 'Give this account the right to the file and its folder, then try again.',
  }),
  EPERM: (name) => ({
    kind: 'transient',
    code: 'file-refused',
    message: `The system refused to open or replace "${name}": it is protected or held by another program.`,
    next: 'Close the file elsewhere and check that it is not write-protected. Patchbay tries again.',
  }),
  EBUSY: (name) => ({
    kind: 'transient',
    code: 'file-open-elsewhere',
    message: `"${name}" is held by another program.`,
    next: 'Close the file in that program. Patchbay tries again.',
  }),
  EISDIR: (name) => ({
    kind: 'config',
    code: 'file-is-folder',
    message: `"${name}" is a folder, not a file.`,
    next: 'Choose a file, or set "folder" instead of "path".',
  }),
  EROFS: (name) => ({
    kind: 'config',
    code: 'file-read-only',
    message: `"${name}" is on a drive that cannot be written to.`,
    next: 'Choose a file on another drive.',
  }),
  ENOSPC: (name) => ({
    kind: 'transient',
    code: 'disk-full',
    message: `The drive is full: "${name}" could not be written.`,
    next: 'Make room on the drive. Patchbay tries again.',
  }),
  EMFILE: (name) => ({
    kind: 'transient',
    code: 'too-many-open-files',
    message: `Too many files are open at once to open "${name}".`,
    next: 'Nothing to do: Patchbay tries again.',
  }),
}

/** The AppError for something thrown by a file operation; what is no file error passes unchanged. */
export function fileError(thrown: unknown, path: string): unknown {
  if (thrown instanceof AppError) return thrown
  if (thrown instanceof Error && thrown.name === 'AbortError') return cancelled(thrown)
  const code = errnoOf(thrown)
  if (code === undefined) return thrown
  const name = basename(path)
  const known = rows[code]?.(name) ?? {
    kind: 'transient' as const,
    code: 'file-trouble',
    message: `"${name}" could not be read or written (${code}).`,
    next: 'Check the drive or the network share. Patchbay tries again.',
  }
  return new AppError({ ...known, kept: 'Nothing in the file was changed.', details: { system: code } }, thrown)
}

/** The system's error name of something thrown, for example ENOENT. */
export function errnoOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return undefined
  return /^E[A-Z]+$/.test(thrown.code) ? thrown.code : undefined
}

/** Runs a file operation; its system errors become AppErrors. */
export async function withFileErrors<T>(path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (thrown) {
    throw fileError(thrown, path)
  }
}

/** Throws AppError (cancelled) for a signal that was aborted. */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled()
}

function cancelled(cause?: unknown): AppError {
  return new AppError(
    { kind: 'cancelled', code: 'cancelled', message: 'Stopped.', kept: 'What was done is in the journal.' },
    cause,
  )
}
