/** Everything below /v1/_: counts, write log and faults, for tests and the practice screen. The same in every practice service. */
import { z } from 'zod'
import type { JsonObject } from '#shared/json.ts'
import { type Faults, faultSettings } from './faults.ts'
import { jsonReply, problemReply, type Reply } from './reply.ts'
import type { ServiceRequest } from './service-http.ts'

export interface Harness {
  readonly faults: Faults | undefined
  readonly stats: () => JsonObject
  readonly writes: (afterSeq: number, limit: number) => readonly JsonObject[]
}

export function isControlPath(path: string): boolean {
  return path.startsWith('/v1/_')
}

/** null for a path that is not the harness's. */
export function harnessReply(harness: Harness, request: ServiceRequest): Reply | null {
  if (request.path === '/v1/_faults') return faultsReply(harness.faults, request)
  const isRead = request.method === 'GET'
  if (request.path === '/v1/_stats') return isRead ? jsonReply(200, harness.stats()) : wrongMethod('GET')
  if (request.path === '/v1/_writes') return isRead ? writesReply(harness, request) : wrongMethod('GET')
  return null
}

const writesQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
})

function writesReply({ writes }: Harness, request: ServiceRequest): Reply {
  const query = writesQuery.safeParse(Object.fromEntries(request.query))
  if (!query.success)
    return problemReply(400, { code: 'invalid_parameter', message: 'after and limit are whole numbers.' })
  return jsonReply(200, { data: writes(query.data.after, query.data.limit) })
}

function faultsReply(faults: Faults | undefined, request: ServiceRequest): Reply {
  if (!faults) return problemReply(404, { code: 'not_found', message: 'This service was started without faults.' })
  if (request.method === 'PUT') {
    const settings = faultSettings.safeParse(request.body)
    if (!settings.success)
      return problemReply(422, { code: 'validation_failed', message: z.prettifyError(settings.error) })
    faults.change(settings.data)
  } else if (request.method !== 'GET') return wrongMethod('GET, PUT')
  return { status: 200, body: JSON.stringify(faults.settings()) }
}

export function wrongMethod(allow: string): Reply {
  return problemReply(405, { code: 'method_not_allowed', message: `Use ${allow}.` }, { allow })
}

export const notFound: Reply = problemReply(404, { code: 'not_found', message: 'There is no such record.' })

export const notAnObject: Reply = problemReply(422, {
  code: 'validation_failed',
  message: 'Send the fields as a JSON object.',
})

export const refusedByFault: Reply = problemReply(422, {
  code: 'practice_fault',
  message: 'Refused on purpose: this service was asked to.',
})
