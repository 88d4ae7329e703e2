/** The destination side of the loopback service: contacts, versions, remembered idempotency keys, and honest counts. */

export type Fields = Readonly<Record<string, unknown>>

export interface Contact {
  readonly id: string
  readonly version: number
  readonly updated_at: string
  readonly [field: string]: unknown
}

/** `keys`: a known idempotency key gives the first answer again. `lookup`: keys are ignored. `unique`: a second external_id is refused with 409. */
export type KeyMode = 'keys' | 'lookup' | 'unique'

export interface ContactStats {
  readonly creates: number
  readonly updates: number
  readonly deletes: number
  readonly replays: number
  readonly lookups: number
  /** Contacts that stand now. */
  readonly contacts: number
  /** Creates whose external_id was there already: what must stay 0. */
  readonly duplicates: number
}

export interface WriteAnswer {
  readonly status: number
  readonly body: Fields
}

export interface ContactsDestination {
  readonly create: (fields: Fields, idempotencyKey: string | undefined) => WriteAnswer
  readonly upsert: (externalId: string, fields: Fields) => WriteAnswer
  readonly update: (id: string, fields: Fields, precondition: Precondition) => WriteAnswer
  readonly remove: (id: string) => WriteAnswer
  readonly one: (id: string) => Contact | undefined
  readonly byField: (field: string, value: string) => readonly Contact[]
  readonly page: (limit: number, cursor: string | null, updatedSince: string | null) => Fields
  readonly stats: () => ContactStats
}

export interface Precondition {
  /** Version the change was made from; a newer one at hand is answered with 412. */
  readonly version?: string | undefined
  /** Replaces all fields (PUT) instead of the given ones (PATCH). */
  readonly isFull: boolean
}

const refusedEmail = /@refused\.example\s*$/i
const missing = (id: string): WriteAnswer => ({
  status: 404,
  body: { error: { code: 'not_found', message: `no contact ${id}` } },
})

/** An empty destination. `now` gives milliseconds; only used for updated_at. */
export function makeContactsDestination(mode: KeyMode, now: () => number): ContactsDestination {
  return new Contacts(mode, now)
}

class Contacts implements ContactsDestination {
  readonly #mode: KeyMode
  readonly #now: () => number
  readonly #contacts = new Map<string, Contact>()
  readonly #idsByExternalId = new Map<string, string[]>()
  readonly #answers = new Map<string, WriteAnswer>()
  readonly #count = { creates: 0, updates: 0, deletes: 0, replays: 0, lookups: 0, duplicates: 0 }
  #lastId = 0

  constructor(mode: KeyMode, now: () => number) {
    this.#mode = mode
    this.#now = now
  }

  create(fields: Fields, key: string | undefined): WriteAnswer {
    const known = this.#mode === 'keys' && key !== undefined ? this.#answers.get(key) : undefined
    if (known) {
      this.#count.replays += 1
      return known
    }
    const problem = problemOf(fields)
    if (problem) return problem
    if (this.#mode === 'unique' && this.#standing(fields.external_id)) {
      return { status: 409, body: { error: { code: 'duplicate', field: 'external_id', message: 'already exists' } } }
    }
    const answer = { status: 201, body: this.#add(fields) }
    if (this.#mode === 'keys' && key !== undefined) this.#answers.set(key, answer)
    return answer
  }

  upsert(externalId: string, fields: Fields): WriteAnswer {
    const contact = this.#standing(externalId)
    if (!contact) return this.create({ ...fields, external_id: externalId }, undefined)
    return this.update(contact.id, fields, { isFull: false })
  }

  update(id: string, fields: Fields, { version, isFull }: Precondition): WriteAnswer {
    const contact = this.#contacts.get(id)
    if (!contact) return missing(id)
    if (version !== undefined && version !== String(contact.version)) {
      return { status: 412, body: { error: { code: 'stale', message: `version is ${contact.version}` } } }
    }
    const problem = problemOf(fields)
    if (problem) return problem
    this.#count.updates += 1
    return { status: 200, body: this.#put(id, contact.version + 1, isFull ? fields : { ...contact, ...fields }) }
  }

  remove(id: string): WriteAnswer {
    if (!this.#contacts.delete(id)) return missing(id)
    this.#count.deletes += 1
    return { status: 200, body: { id } }
  }

  one(id: string): Contact | undefined {
    return this.#contacts.get(id)
  }

  byField(field: string, value: string): readonly Contact[] {
    this.#count.lookups += 1
    if (field !== 'external_id') return [...this.#contacts.values()].filter((one) => String(one[field]) === value)
    return (this.#idsByExternalId.get(value) ?? []).flatMap((id) => this.#contacts.get(id) ?? [])
  }

  page(limit: number, cursor: string | null, updatedSince: string | null): Fields {
    const all = [...this.#contacts.values()].filter((one) => updatedSince === null || one.updated_at >= updatedSince)
    const start = cursor === null ? 0 : Number(cursor)
    const hasMore = start + limit < all.length
    return { data: all.slice(start, start + limit), has_more: hasMore, next: hasMore ? String(start + limit) : null }
  }

  stats(): ContactStats {
    return { ...this.#count, contacts: this.#contacts.size }
  }

  #add(fields: Fields): Contact {
    this.#count.creates += 1
    this.#lastId += 1
    const id = `con_${this.#lastId}`
    const { external_id: externalId } = fields
    const known = typeof externalId === 'string' ? this.#idsByExternalId.get(externalId) : undefined
    if (known) {
      if (known.some((one) => this.#contacts.has(one))) this.#count.duplicates += 1
      known.push(id)
    } else if (typeof externalId === 'string') this.#idsByExternalId.set(externalId, [id])
    return this.#put(id, 1, fields)
  }

  #put(id: string, version: number, fields: Fields): Contact {
    const contact = { ...fields, id, version, updated_at: new Date(this.#now()).toISOString() }
    this.#contacts.set(id, contact)
    return contact
  }

  #standing(externalId: unknown): Contact | undefined {
    const ids = typeof externalId === 'string' ? (this.#idsByExternalId.get(externalId) ?? []) : []
    return ids.map((id) => this.#contacts.get(id)).findLast((contact) => contact !== undefined)
  }
}

function problemOf(fields: Fields): WriteAnswer | undefined {
  if (typeof fields.email !== 'string' || !refusedEmail.test(fields.email)) return undefined
  return { status: 422, body: { error: { code: 'invalid', field: 'email', message: 'email is not accepted' } } }
}
