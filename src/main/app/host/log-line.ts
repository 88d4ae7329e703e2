/** One line of the log for people: when, what, and its details as JSON. */
import type { JsonObject } from '#shared/json.ts'

export function logLine(message: string, details?: JsonObject): string {
  const more = details === undefined || Object.keys(details).length === 0 ? '' : ` ${JSON.stringify(details)}`
  return `${new Date().toISOString()} ${message}${more}\n`
}
