/** Reads what a service holds now of some records, with as few requests as it allows. */
import { AppError } from '#shared/errors.ts'
import type { ConnectedObject, RemoteRecord } from '#shared/model/connected.ts'

/** Records by id; one that is missing is gone. Throws AppError when the service cannot be asked. */
export async function readCurrent(
  object: ConnectedObject,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, RemoteRecord>> {
  const wanted = new Set(ids)
  const found = new Map<string, RemoteRecord>()
  const isListCheap = object.description.changes.kind === 'full' && ids.length > fewRecords
  const isComplete = (isListCheap || !object.get) && (await scan(object, wanted, found, signal))
  if (isComplete) return found
  if (!object.get) throw cannotLook(object)
  await askEach(
    object.get,
    [...wanted].filter((id) => !found.has(id)),
    found,
    signal,
  )
  return found
}

/** A few records are asked for one by one; more of a list that is read as a whole anyway (a file) are picked out of it. */
const fewRecords = 20
const atOnce = 6

/** Answers whether all were found or the whole list was seen. With a way to ask for each, no more pages than questions. */
async function scan(
  object: ConnectedObject,
  wanted: ReadonlySet<string>,
  found: Map<string, RemoteRecord>,
  signal: AbortSignal,
): Promise<boolean> {
  if (!object.read) return false
  let pageCount = 0
  for await (const page of object.read({ signal })) {
    for (const record of page.records) if (wanted.has(record.externalId)) found.set(record.externalId, record)
    pageCount += 1
    if (found.size === wanted.size || page.next === undefined) return true
    if (object.get && pageCount >= wanted.size) return false
  }
  return true
}

async function askEach(
  get: NonNullable<ConnectedObject['get']>,
  ids: readonly string[],
  found: Map<string, RemoteRecord>,
  signal: AbortSignal,
): Promise<void> {
  for (let start = 0; start < ids.length; start += atOnce) {
    signal.throwIfAborted()
    const records = await Promise.all(ids.slice(start, start + atOnce).map((id) => get(id, signal)))
    for (const record of records) if (record) found.set(record.externalId, record)
  }
}

function cannotLook({ description }: ConnectedObject): AppError {
  return new AppError({
    kind: 'config',
    code: 'cannot-look',
    message: `Records of "${description.label}" can neither be listed nor asked for, so what stands there now cannot be compared.`,
    kept: 'Nothing was written.',
    next: 'Correct the records by hand: the run shows each one before and after.',
  })
}
