/**
 * A connection in memory that keeps the contract, and can be told to break it in one way.
 * It exists to prove that the contract suite fails where it must.
 */
import { AppError, type ErrorInfo, type ErrorKind } from '#shared/errors.ts'
import type {
  ConnectedObject,
  OpenConnection,
  PreparedWrite,
  ReadPage,
  ReadRequest,
  RemoteRecord,
  WriteReply,
} from '#shared/model/connected.ts'
import type { ObjectDescription, WriteClass } from '#shared/model/object.ts'
import type { Values } from '#shared/model/value.ts'
import type { ContractFault, FaultHook } from './contract-types.ts'

export type Defect =
  | 'duplicate-ids'
  | 'endless-pages'
  | 'repeated-token'
  | 'ignores-keys'
  | 'ignores-token'
  | 'undeclared-field'
  | 'wrong-type'
  | 'lies-about-find'
  | 'drops-a-value'
  | 'clears-other-fields'
  | 'ignores-version'
  | 'leaks-secret'
  | 'calls-5xx-rejected'
  | 'shuffles-batch'

export interface FakeOptions {
  readonly defects?: readonly Defect[]
  readonly createClass?: WriteClass
  readonly secret?: string
}

export interface FakeService {
  readonly open: () => Promise<OpenConnection>
  readonly faults: FaultHook
  readonly seed: () => Promise<void>
}

interface Row {
  readonly values: Values
  readonly version: number
}

/** A service of contacts: `name`, `email` (unique key), `id`. */
export function makeFakeService(options: FakeOptions = {}): FakeService {
  const contacts = new FakeContacts(options)
  const unknown = (): AppError => new AppError(contacts.errorOf('config', 'unknown-object'))
  return {
    seed: async () => {
      for (let n = 1; n <= 5; n += 1) contacts.add({ name: `Seed ${n}`, email: `seed${n}@example.com` })
    },
    faults: {
      set: async (fault) => {
        contacts.fault = fault
      },
      clear: async () => {
        contacts.fault = undefined
      },
    },
    open: async () => ({
      test: async () => ({ account: 'Fake service', notes: [] }),
      describe: async () => [contacts.description],
      object: async (name) => (name === 'contact' ? contacts.connect() : Promise.reject(unknown())),
      close: async () => undefined,
    }),
  }
}

class FakeContacts {
  readonly description: ObjectDescription
  fault: ContractFault | undefined
  readonly #options: FakeOptions
  readonly #createClass: WriteClass
  readonly #rows = new Map<string, Row>()
  readonly #keys = new Map<string, string>()
  #lastId = 0

  constructor(options: FakeOptions) {
    this.#options = options
    this.#createClass = options.createClass ?? 'K'
    this.description = describeContacts(this.#createClass)
  }

  connect(): ConnectedObject {
    return {
      description: this.description,
      read: (request) => this.#read(request),
      get: async (id) => {
        const row = this.#rows.get(id)
        return row ? this.#record(id, row) : null
      },
      find: async (field, values) =>
        this.#has('lies-about-find') ? [] : this.#all().filter((one) => values.includes(String(one.values[field]))),
      prepare: ({ externalId, values, version }) => JSON.stringify({ externalId, values, version }),
      send: (writes) => this.#send(writes),
    }
  }

  add(values: Values): string {
    this.#lastId += 1
    const id = `c${this.#lastId}`
    const { name, ...rest } = values
    this.#rows.set(id, { values: this.#has('drops-a-value') || name === undefined ? rest : values, version: 1 })
    return id
  }

  errorOf(kind: ErrorKind, code: string): ErrorInfo {
    const leak = this.#has('leaks-secret') ? ` ${this.#options.secret}` : ''
    return { kind, code, message: `The fake service answered ${code}.${leak}`, next: 'Look at the test.' }
  }

  #has(defect: Defect): boolean {
    return this.#options.defects?.includes(defect) ?? false
  }

  #all(): readonly RemoteRecord[] {
    return [...this.#rows].map(([id, row]) => this.#record(id, row))
  }

  #record(id: string, row: Row): RemoteRecord {
    const odd = { ...(this.#has('undeclared-field') && { surprise: 1 }), ...(this.#has('wrong-type') && { name: 17 }) }
    const changedMs = Date.UTC(2026, 0, 1) + (row.version + Number(id.slice(1))) * 1000
    const version = String(row.version)
    return {
      externalId: id,
      values: { id, ...row.values, ...odd },
      version,
      updatedAt: new Date(changedMs).toISOString(),
    }
  }

  async *#read(request: ReadRequest): AsyncGenerator<ReadPage> {
    if (request.signal.aborted) throw new AppError(this.errorOf('cancelled', 'cancelled'))
    this.#checkFault()
    const all = this.#all().filter((one) => request.since === undefined || (one.updatedAt ?? '') >= request.since)
    const size = request.pageSize ?? 100
    let start = this.#has('ignores-token') ? 0 : Number(request.pageToken ?? 0)
    for (;;) {
      const records = all.slice(start, start + size)
      const doubled = this.#has('duplicate-ids') && start === 0 ? [...records, ...records.slice(0, 1)] : records
      start += size
      const isLast = start >= all.length && !this.#has('endless-pages') && !this.#has('repeated-token')
      yield { records: doubled, ...(!isLast && { next: this.#has('repeated-token') ? 'again' : String(start) }) }
      if (isLast) return
    }
  }

  #checkFault(): void {
    if (!this.fault) return
    const make: MakeError = (kind, code) => this.errorOf(kind, code)
    throw new AppError(
      this.fault.kind === 'status' ? statusError(this.fault.status, make) : make('transient', 'no-answer'),
    )
  }

  async #send(writes: readonly PreparedWrite[]): Promise<WriteReply[]> {
    if (this.fault?.kind === 'status') {
      const make: MakeError = (kind, code) => this.errorOf(kind, code)
      const reply = statusReply(this.fault.status, make, this.#has('calls-5xx-rejected'))
      return writes.map(() => reply)
    }
    const replies = writes.map((write) => this.#process(write))
    if (this.fault) return writes.map(() => ({ status: 'uncertain', error: this.errorOf('transient', 'no-answer') }))
    return this.#has('shuffles-batch') ? replies.reverse() : replies
  }

  #process(write: PreparedWrite): WriteReply {
    // The text was made by `prepare` above; nothing else writes it.
    const command = JSON.parse(write.request) as { externalId?: string; values: Values; version?: string }
    const id = command.externalId ?? ''
    if (write.operation === 'create') return this.#create(command.values, write.idempotencyKey)
    if (write.operation === 'update') return this.#update(id, command)
    return this.#rows.delete(id) ? { status: 'written', externalId: id } : this.#gone()
  }

  #create(values: Values, idempotencyKey: string): WriteReply {
    const honoursKeys = this.#createClass === 'K' && !this.#has('ignores-keys')
    const known = honoursKeys ? this.#keys.get(idempotencyKey) : undefined
    if (known) return this.#written(known)
    const isTaken = [...this.#rows.values()].some((row) => row.values.email === values.email)
    if (this.#createClass === 'U' && isTaken) return { status: 'rejected', error: this.errorOf('conflict', 'taken') }
    const id = this.add(values)
    this.#keys.set(idempotencyKey, id)
    return this.#written(id)
  }

  #update(id: string, { values, version }: { values: Values; version?: string }): WriteReply {
    const row = this.#rows.get(id)
    if (!row) return this.#gone()
    const isStale = version !== undefined && version !== String(row.version)
    if (isStale && !this.#has('ignores-version'))
      return { status: 'rejected', error: this.errorOf('conflict', 'stale-version') }
    const rest = this.#has('clears-other-fields') ? {} : row.values
    this.#rows.set(id, { values: { ...rest, ...values }, version: row.version + 1 })
    return this.#written(id)
  }

  #written(id: string): WriteReply {
    const row = this.#rows.get(id)
    return row ? { status: 'written', externalId: id, version: String(row.version) } : this.#gone()
  }

  #gone(): WriteReply {
    return { status: 'rejected', error: this.errorOf('data', 'gone') }
  }
}

type MakeError = (kind: ErrorKind, code: string) => ErrorInfo

function statusError(status: number, make: MakeError): ErrorInfo {
  if (status === 401 || status === 403) return make('config', 'refused')
  if (status === 409) return make('conflict', 'conflict')
  if (status === 429) return make('rate-limited', 'rate-limited')
  return status >= 500 ? make('transient', 'unavailable') : make('data', 'refused-values')
}

function statusReply(status: number, make: MakeError, calls5xxRejected: boolean): WriteReply {
  const error = statusError(status, make)
  if (status === 401 || status === 429) return { status: 'not-sent', error }
  if (status >= 500 && !calls5xxRejected) return { status: 'uncertain', error }
  return { status: 'rejected', error }
}

function describeContacts(createClass: WriteClass): ObjectDescription {
  return {
    name: 'contact',
    label: 'Contact',
    idField: 'id',
    fields: [
      { name: 'id', type: 'text', readOnly: true },
      { name: 'name', type: 'text' },
      { name: 'email', type: 'email', unique: true },
    ],
    keys: ['email'],
    changes: { kind: 'updated-since', granularityMs: 1000, lookbackMs: 1000 },
    writes: {
      create: { class: createClass, findBy: 'email', batchSize: 10 },
      update: { class: 'C' },
      delete: { class: 'C' },
    },
  }
}
