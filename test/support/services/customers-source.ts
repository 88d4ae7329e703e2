/** The source side of the loopback service: deterministic customers as messy as real ones, some of them edited. */

export type Customer = Readonly<Record<string, string | number | boolean | null>>

const firstNames = ['Ana', 'Bo', 'Cem', 'Dee', 'Éli', 'Fay', 'Gus', 'Hal', 'Ivy', "Jo'"]
const lastNames = ['Ng', 'Ruiz', 'Khan', 'Berg', 'Silva', 'Moss', 'Okoro', 'Pratt', 'O’Quinn', 'Rao']
const startMs = Date.UTC(2025, 0, 1)

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** The n-th customer (0-based) before any edit; the same for every run. Its updated_at is n seconds into 2025. */
function makeCustomer(n: number): Customer {
  const first = firstNames[n % 10] ?? ''
  const last = lastNames[(n * 7) % 10] ?? ''
  return {
    id: `cus_${String(n).padStart(8, '0')}`,
    name: n % 5 === 0 ? `  ${first.toUpperCase()}  ${last} ` : `${first} ${last}`,
    email: ` User${n}@Example.COM `,
    phone: `(415) 555-${String(n % 10_000).padStart(4, '0')}`,
    created: `${twoDigits(1 + (n % 12))}/${twoDigits(1 + (n % 28))}/2025`,
    balance: (n % 100_000) * 7,
    status: n % 3 === 0 ? 'Inactive' : 'Active',
    note: n % 4 === 0 ? null : `line ${n % 13}\twith tab`,
    updated_at: new Date(startMs + n * 1000).toISOString(),
  }
}

export interface CustomerPage {
  readonly data: readonly Customer[]
  readonly has_more: boolean
  readonly next: string | null
  readonly total: number
}

export interface CustomersSource {
  /** Customers after the cursor in order of id; `updatedSince` is an ISO instant, inclusive. */
  readonly page: (limit: number, cursor: string | null, updatedSince: string | null) => CustomerPage
  readonly one: (id: string) => Customer | undefined
  /** Changes fields of one customer and moves its updated_at to `nowIso`. */
  readonly edit: (id: string, change: Customer, nowIso: string) => Customer | undefined
}

/** A source of `count` customers. Edits are kept apart, so that a large source costs no memory. */
export function makeCustomersSource(count: number): CustomersSource {
  const edits = new Map<number, Customer>()
  const at = (n: number): Customer => edits.get(n) ?? makeCustomer(n)
  const indexOf = (id: string): number | undefined => {
    const n = Number(id.slice(4))
    return id.startsWith('cus_') && Number.isInteger(n) && n >= 0 && n < count ? n : undefined
  }
  const page: CustomersSource['page'] = (limit, cursor, updatedSince) => {
    const data: Customer[] = []
    let n = cursor === null ? 0 : Number(cursor)
    for (; n < count && data.length < limit; n += 1) {
      const customer = at(n)
      if (updatedSince === null || String(customer.updated_at) >= updatedSince) data.push(customer)
    }
    const hasMore = n < count
    return { data, has_more: hasMore, next: hasMore ? String(n) : null, total: count }
  }
  return {
    page,
    one: (id) => {
      const n = indexOf(id)
      return n === undefined ? undefined : at(n)
    },
    edit: (id, change, nowIso) => {
      const n = indexOf(id)
      if (n === undefined) return undefined
      const edited = { ...at(n), ...change, id, updated_at: nowIso }
      edits.set(n, edited)
      return edited
    },
  }
}
