/** Where the Electron host writes what it has to say: its standard error, which a start from a terminal shows. */
import { logLine } from '#main/app/host/log-line.ts'
import type { JsonObject } from '#shared/json.ts'

export function log(message: string, details?: JsonObject): void {
  process.stderr.write(logLine(message, details))
}
