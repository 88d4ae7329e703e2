/** An error as the system's own box shows it, where there is no window to show it in. */
import { errorInfoOf } from '#shared/errors.ts'

export function errorBox(thrown: unknown): { title: string; text: string } {
  const { message, kept, next, code, details } = errorInfoOf(thrown)
  const technical = Object.entries(details ?? {}).map(([name, value]) => `${name}: ${value}`)
  const lines = [message, kept, next, `Details: ${[code, ...technical].join(', ')}`]
  return { title: 'Patchbay', text: lines.filter((line) => line !== undefined).join('\n\n') }
}
