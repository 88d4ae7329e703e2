/** Reads a text file that a command names. */
import { readFileSync } from 'node:fs'
import { AppError } from '#shared/errors.ts'

const largestFileBytes = 5_000_000

/** Throws AppError `file-unreadable` for a file that is missing, too large, or not UTF-8. */
export function readText(path: string): string {
  try {
    const bytes = readFileSync(path)
    if (bytes.byteLength > largestFileBytes) throw new Error('it is larger than 5 MB')
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const technical = cause instanceof Error ? cause.message : String(cause)
    throw new AppError(
      {
        kind: 'config',
        code: 'file-unreadable',
        message: `The file ${path} cannot be read.`,
        next: 'Check the path and that it is a UTF-8 text file.',
        details: { technical },
      },
      cause,
    )
  }
}
