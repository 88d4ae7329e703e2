/** What a command gets and gives. */
import { AppError } from '#shared/errors.ts'
import type { Output, Streams } from './output.ts'

export interface ProgramSurroundings {
  readonly streams: Streams
  readonly version: string
  /** The entry that was started. */
  readonly scriptUrl: string
  readonly readStdin: () => Promise<string>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly sleep: (durationMs: number) => Promise<void>
}

export interface CommandInput {
  readonly args: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
  readonly output: Output
  readonly surroundings: ProgramSurroundings
}

/** Answers the exit code; throws AppError for what went wrong. */
export type CommandRun = (input: CommandInput) => Promise<number>

export function argument(input: CommandInput, index: number): string {
  return input.args[index] ?? ''
}

export function textOption(input: CommandInput, name: string): string | undefined {
  const value = input.options[name]
  return typeof value === 'string' ? value : undefined
}

/** A whole number from an option. Throws AppError `bad-option`. */
export function numberOption(input: CommandInput, name: string): number | undefined {
  const text = textOption(input, name)
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new AppError({
    kind: 'config',
    code: 'bad-option',
    message: `--${name} takes a whole number, not "${text}".`,
    next: 'Correct the command.',
  })
}
