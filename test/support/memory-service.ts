/**
 * A service inside the test process, of any write class, that can lose answers, answer late, refuse and go away.
 * It counts on its own side what really happened: tests trust this count, not the engine's.
 */
import { refusedWhole } from '#main/connector-kit/write-reply.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import type {
  ConnectedObject,
  PreparedWrite,
  ReadPage,
  ReadRequest,
  RemoteRecord,
  WriteCommand,
  WriteReply,
} from '#shared/model/connected.ts'
import type { ObjectDescription, WriteClass, WriteFacility } from '#shared/model/object.ts'
import type { Values } from '#shared/model/value.ts'

export interface Fault {
  /** What happens to this request: `lost`: done, answer lost; `dropped`: not done, answer lost; `refused`: certainly not done. */
  readonly kind: 'lost' | 'dropped' | 'refused' | 'rejected' | 'unauthorized'
}

export interface MemoryServiceOptions {
  readonly name?: string
  readonly createClass?: WriteClass
  readonly key?: string
  readonly batchSize?: number
  readonly settleMs?: number
  readonly pageSize?: number
  readonly canFind?: boolean
  readonly canDelete?: boolean
  readonly changes?: ObjectDescription['changes']
  /** Asked once per write, in order; undefined: it goes well. */
  readonly fault?: (write: PreparedWrite, number: number) => Fault | undefined
  readonly now?: () => number
  /** Does again what carries a key that was used already. */
  readonly forgetsKeys?: boolean
  /** A request with such a record is refused as a whole. */
  readonly isPoison?: (values: Values) => boolean
  /** False: it does not say that it was the request as a whole. */
  readonly tellsWhole?: boolean
  /** Told of every write that really happened. */
  readonly onWritten?: (write: PreparedWrite, before: Values, after: Values) => void
}

export interface MemoryService {
  readonly object: ConnectedObject
  readonly records: ReadonlyMap<string, RemoteRecord>
  readonly put: (externalId: string, values: Values, version?: string) => void
  readonly drop: (externalId: string) => void
  readonly stats: { creates: number; updates: number; deletes: number; requests: number; reads: number; finds: number }
}

export function createMemoryService(options: MemoryServiceOptions = {}): MemoryService {
  const records = new Map<string, RemoteRecord>()
  const answered = new Map<string, WriteReply>()
  const stats = { creates: 0, updates: 0, deletes: 0, requests: 0, reads: 0, finds: 0 }
  const key = options.key ?? 'email'
  const createClass = options.createClass ?? 'K'
  let nextId = 1
  let writeNumber = 0

  const put = (externalId: string, values: Values, version = '1'): void => {
    const updatedAt = new Date(options.now?.() ?? 0).toISOString()
    records.set(externalId, { externalId, values, version, updatedAt })
  }

  const write = (prepared: PreparedWrite): WriteReply => {
    const command = JSON.parse(prepared.request) as WriteCommand
    if (createClass === 'K' && prepared.operation === 'create') {
      const before = options.forgetsKeys ? undefined : answered.get(prepared.idempotencyKey)
      if (before) return before
    }
    const before = records.get(command.externalId ?? '')?.values ?? {}
    const reply = changeOf[prepared.operation](command)
    if (reply.status === 'written') options.onWritten?.(prepared, before, records.get(reply.externalId)?.values ?? {})
    answered.set(prepared.idempotencyKey, reply)
    return reply
  }

  const create = (command: WriteCommand): WriteReply => {
    if (createClass === 'U') {
      const same = [...records.values()].find((record) => record.values[key] === command.values[key])
      if (same) return upsert(same, command.values)
    }
    stats.creates += 1
    const externalId = `d${nextId++}`
    put(externalId, command.values)
    return { status: 'written', externalId, values: command.values, version: '1' }
  }

  /** What is sent is there afterwards; the same again changes nothing. */
  const upsert = (record: RemoteRecord, values: Values): WriteReply => {
    const isChange = Object.entries(values).some(([field, value]) => record.values[field] !== value)
    const version = isChange ? String(Number(record.version ?? '0') + 1) : (record.version ?? '1')
    if (isChange) put(record.externalId, { ...record.values, ...values }, version)
    return { status: 'written', externalId: record.externalId, version }
  }

  const update = (command: WriteCommand): WriteReply => {
    const record = records.get(command.externalId ?? '')
    if (!record) return { status: 'rejected', error: failure('data', 'not-found') }
    if (command.version !== undefined && command.version !== record.version)
      return { status: 'rejected', error: failure('conflict', 'stale-version') }
    stats.updates += 1
    const version = String(Number(record.version ?? '0') + 1)
    put(record.externalId, { ...record.values, ...command.values }, version)
    return { status: 'written', externalId: record.externalId, version }
  }

  const remove = (command: WriteCommand): WriteReply => {
    const externalId = command.externalId ?? ''
    const record = records.get(externalId)
    if (record && command.version !== undefined && command.version !== record.version)
      return { status: 'rejected', error: failure('conflict', 'stale-version') }
    if (records.delete(externalId)) stats.deletes += 1
    return { status: 'written', externalId }
  }

  const changeOf: Readonly<Record<PreparedWrite['operation'], (command: WriteCommand) => WriteReply>> = {
    create,
    update,
    upsert: create,
    delete: remove,
  }

  const send = async (writes: readonly PreparedWrite[]): Promise<readonly WriteReply[]> => {
    stats.requests += 1
    await Promise.resolve()
    if (writes.some(({ request }) => options.isPoison?.((JSON.parse(request) as WriteCommand).values))) {
      const refused = writes.map((): WriteReply => ({ status: 'rejected', error: failure('data', 'invalid') }))
      return options.tellsWhole === false ? refused : refusedWhole(refused)
    }
    return writes.map((prepared) => {
      const fault = options.fault?.(prepared, writeNumber++)
      if (fault?.kind === 'refused')
        return { status: 'not-sent', error: failure('transient', 'refused'), retryAfterMs: 1 }
      if (fault?.kind === 'unauthorized') return { status: 'not-sent', error: failure('config', 'unauthorized') }
      if (fault?.kind === 'rejected') return { status: 'rejected', error: failure('data', 'invalid') }
      if (fault?.kind === 'dropped') return { status: 'uncertain', error: failure('transient', 'timeout') }
      const reply = write(prepared)
      return fault?.kind === 'lost' ? { status: 'uncertain', error: failure('transient', 'timeout') } : reply
    })
  }

  async function* read(request: ReadRequest): AsyncGenerator<ReadPage> {
    stats.reads += 1
    const since = request.since
    const all = [...records.values()].filter((record) => since === undefined || (record.updatedAt ?? '') >= since)
    const size = request.pageSize ?? options.pageSize ?? 10
    for (let index = Number(request.pageToken ?? 0); ; index += size) {
      await Promise.resolve()
      const next = index + size < all.length ? { next: String(index + size) } : {}
      yield {
        records: all.slice(index, index + size),
        serverTime: new Date(options.now?.() ?? 0).toISOString(),
        ...next,
      }
      if (index + size >= all.length) return
    }
  }

  const find = async (field: string, values: readonly string[]): Promise<readonly RemoteRecord[]> => {
    stats.finds += 1
    return [...records.values()].filter((record) => values.includes(String(record.values[field]).toLowerCase()))
  }

  const facility: WriteFacility = {
    class: createClass,
    keyTtlMs: 86_400_000,
    settleMs: options.settleMs ?? 0,
    batchSize: options.batchSize ?? 1,
    ...(options.canFind === false ? {} : { findBy: key }),
  }
  const description: ObjectDescription = {
    name: options.name ?? 'contact',
    label: 'Contact',
    idField: 'id',
    fields: [
      { name: 'email', type: 'email' },
      { name: 'name', type: 'text' },
    ],
    hasOtherFields: true,
    keys: options.canFind === false ? [] : [key],
    changes: options.changes ?? { kind: 'full' },
    writes: {
      create: facility,
      update: { class: 'C' },
      ...(options.canDelete === false ? {} : { delete: { class: 'C' as const } }),
    },
  }
  const object: ConnectedObject = {
    description,
    read,
    get: async (externalId) => records.get(externalId) ?? null,
    ...(options.canFind === false ? {} : { find }),
    prepare: (command) => JSON.stringify(command),
    send,
  }
  return { object, records, put, drop: (externalId) => void records.delete(externalId), stats }
}

function failure(kind: ErrorInfo['kind'], code: string): ErrorInfo {
  return { kind, code, message: `The service answered: ${code}.` }
}
