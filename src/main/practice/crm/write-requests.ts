/** Write requests of the API: from headers and bodies to queued writes, one group commit, and the answer. */
import { isJsonObject, type Json } from '#shared/json.ts'
import { keyInProgressReply, keyTooLongReply, maxKeyLength } from '../kit/idempotency.ts'
import { problemReply, type Reply } from '../kit/reply.ts'
import type { ServiceRequest } from '../kit/service-http.ts'
import type { CrmStore } from './crm-store.ts'
import type { ObjectName } from './object-rules.ts'
import { archiveRecord, batchItemJson, type ChangeRequest, createRecord, updateRecord } from './record-writes.ts'

export const maxBatchItems = 100

export interface WriteRequests {
  readonly create: (object: ObjectName, request: ServiceRequest) => Promise<Reply>
  readonly createBatch: (object: ObjectName, request: ServiceRequest) => Promise<Reply>
  readonly update: (object: ObjectName, id: string, request: ServiceRequest) => Promise<Reply>
  readonly archive: (object: ObjectName, id: string, request: ServiceRequest) => Promise<Reply>
}

interface BatchItem {
  readonly key: string | null
  readonly record: Json | undefined
  /** Decided before the item is queued. */
  readonly refusal: Reply | null
}

/** @param rejectsRecord asked once per record that is about to be written. */
export function writeRequests(store: CrmStore, rejectsRecord: () => boolean): WriteRequests {
  const keysInFlight = new Set<string>()

  function keyRefusal(key: string | null): Reply | null {
    if (key === null) return null
    if (key.length === 0 || key.length > maxKeyLength) return keyTooLongReply
    return keysInFlight.has(key) ? keyInProgressReply : null
  }

  async function holdingKeys<Result>(keys: readonly string[], work: () => Promise<Result>): Promise<Result> {
    for (const key of keys) keysInFlight.add(key)
    try {
      return await work()
    } finally {
      for (const key of keys) keysInFlight.delete(key)
    }
  }

  function batchItems(items: readonly Json[]): BatchItem[] {
    return items.map((item) => {
      const given = isJsonObject(item) ? item : {}
      const key = typeof given.idempotency_key === 'string' ? given.idempotency_key : null
      return { key, record: given.record, refusal: keyRefusal(key) }
    })
  }

  const isRefused = (): boolean => rejectsRecord()
  return {
    create: async (object, request) => {
      const key = headerText(request, 'idempotency-key')
      const refusal = keyRefusal(key)
      if (refusal) return refusal
      return holdingKeys(key === null ? [] : [key], () =>
        store.commit.run((atMs) =>
          createRecord({ store, object, atMs, isRefused: isRefused() }, { body: request.body, idempotencyKey: key }),
        ),
      )
    },
    createBatch: async (object, request) => {
      const given = isJsonObject(request.body) ? request.body.items : undefined
      if (!Array.isArray(given) || given.length === 0 || given.length > maxBatchItems) return wrongBatch
      const items = batchItems(given)
      const keys = items.flatMap((item) => (item.key !== null && !item.refusal ? [item.key] : []))
      return holdingKeys(keys, () => store.commit.run((atMs) => batchReply({ store, object, atMs, items, isRefused })))
    },
    update: (object, id, request) =>
      changing(request, id, (change) =>
        store.commit.run((atMs) =>
          updateRecord({ store, object, atMs, isRefused: isRefused() }, { ...change, body: request.body }),
        ),
      ),
    archive: (object, id, request) =>
      changing(request, id, (change) =>
        store.commit.run((atMs) => archiveRecord({ store, object, atMs, isRefused: isRefused() }, change)),
      ),
  }
}

interface BatchWrite {
  readonly store: CrmStore
  readonly object: ObjectName
  readonly atMs: number
  readonly items: readonly BatchItem[]
  readonly isRefused: () => boolean
}

function batchReply({ store, object, atMs, items, isRefused }: BatchWrite): Reply {
  const results = items.map((item, index) => {
    const reply =
      item.refusal ??
      createRecord({ store, object, atMs, isRefused: isRefused() }, { body: item.record, idempotencyKey: item.key })
    return batchItemJson(index, item.key, reply)
  })
  return { status: 200, body: `{"results":[${results.join(',')}]}` }
}

const wrongBatch: Reply = problemReply(422, {
  code: 'validation_failed',
  message: `Send {"items":[{"idempotency_key":"...","record":{...}}]} with 1 to ${maxBatchItems} items.`,
})

/** Reads If-Match: "3", W/"3" or 3. Anything else is a 400, never an unconditional write. */
async function changing(
  request: ServiceRequest,
  id: string,
  change: (request: ChangeRequest) => Promise<Reply>,
): Promise<Reply> {
  const header = headerText(request, 'if-match')
  if (header === null || header === '*') return change({ id, ifMatch: null })
  const version = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header.trim())?.[1]
  if (version === undefined)
    return problemReply(400, { code: 'invalid_if_match', message: 'If-Match carries one version number.' })
  return change({ id, ifMatch: version })
}

function headerText(request: ServiceRequest, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}
