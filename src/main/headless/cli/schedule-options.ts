/** Options that exclude each other. */
import { AppError } from '#shared/errors.ts'
import type { CommandInput } from './command.ts'

/** The one of these options that was given; undefined: none. Throws AppError `bad-option` for more than one. */
export function chosenOption<Name extends string>(input: CommandInput, names: readonly Name[]): Name | undefined {
  const [chosen, another] = names.filter((name) => input.options[name] === true)
  if (chosen !== undefined && another !== undefined) throw onlyOneOf(`--${flag(chosen)}`, `--${flag(another)}`)
  return chosen
}

export function onlyOneOf(one: string, other: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'bad-option',
    message: `${one} and ${other} do not go together.`,
    kept: 'Nothing was changed.',
    next: 'Give one of them, then the other in a second command.',
  })
}

function flag(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
