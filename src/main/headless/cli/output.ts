/** What the command line prints: JSON for scripts, plain lines for people. Errors go to the error stream. */
import type { ErrorInfo } from '#shared/errors.ts'

export interface Output {
  /** `value` as one line of JSON, or `lines` for people. */
  readonly result: (value: unknown, lines: readonly string[]) => void
  readonly error: (error: ErrorInfo) => void
  /** A passing remark, only for people who watch. */
  readonly progress: (text: string) => void
}

export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly isTerminal: boolean
}

export function createOutput(streams: Streams, isJson: boolean): Output {
  return {
    result: (value, lines) => streams.out(isJson ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`),
    error: (error) => {
      if (isJson) streams.out(`${JSON.stringify({ error })}\n`)
      else streams.err(`${errorLines(error).join('\n')}\n`)
    },
    progress: (text) => {
      if (streams.isTerminal && !isJson) streams.err(`\r\u001b[2K${text}`)
    },
  }
}

/** What happened, what is safe, what to do next; the technical part last. */
export function errorLines(error: ErrorInfo): readonly string[] {
  const technical = Object.entries(error.details ?? {}).map(([name, value]) => `${name}: ${value}`)
  return [
    `Error: ${error.message}`,
    ...(error.kept ? [`Safe:  ${error.kept}`] : []),
    ...(error.next ? [`Next:  ${error.next}`] : []),
    `Details: ${error.code}${technical.length > 0 ? ` (${technical.join(', ')})` : ''}`,
  ]
}

/** Rows as aligned columns; the widest cell of a column decides. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
