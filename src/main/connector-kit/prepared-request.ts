/** The request of a write as services with ids take it, read back from the text that stands in the journal. */
import { isJsonObject, parseJson } from '#shared/json.ts'
import { unreadablePrepared } from './connector-errors.ts'

/** What a prepared text says. */
export interface PreparedRequest {
  /** Exact JSON of the fields; '' for delete. */
  readonly body: string
  /** Absent for create. */
  readonly externalId?: string
  /** Where it does not stand in the body. */
  readonly version?: string
}

/** Throws AppError (bug, `prepared-unreadable`) for a text that no `prepareWrite` made. */
export function readPrepared(service: string, request: string): PreparedRequest {
  const parsed = parseJson(request)
  if (!isJsonObject(parsed) || typeof parsed.body !== 'string') throw unreadablePrepared(service)
  return {
    body: parsed.body,
    ...(typeof parsed.externalId === 'string' ? { externalId: parsed.externalId } : {}),
    ...(typeof parsed.version === 'string' ? { version: parsed.version } : {}),
  }
}
