/**
 * A list that is paged by counting and changes between two answers: over HTTP for the connector, or answered in the
 * process for many rounds. It knows what it was asked.
 */
import { createServer } from 'node:http'
import type { Json } from '#shared/json.ts'

export interface ShiftingListOptions {
  readonly ids: readonly number[]
  /** Changes `ids` before the request with this number, from 1, is answered. */
  readonly before?: (number: number, ids: number[]) => void
  /** Records of a page where no `limit` is asked for; 3 where absent. */
  readonly size?: number
  /** Most records of a page, whatever is asked. */
  readonly cap?: number
  readonly hasTotal?: boolean
  /** Services that offer a few sizes only: the one that is asked for is rounded to a multiple of this, up or down. */
  readonly sizeStep?: number
  readonly rounds?: 'up' | 'down'
}

export interface ShiftingList {
  /** What stands in the list now. */
  readonly ids: number[]
  /** Query of each request. */
  readonly asked: string[]
  /** Understands `offset` or `page` (from 1), with `limit`. */
  readonly answer: (query: URLSearchParams) => { readonly [name: string]: Json }
}

export function makeShiftingList(options: ShiftingListOptions): ShiftingList {
  const { before, cap = Number.POSITIVE_INFINITY, hasTotal = false, sizeStep = 1, rounds = 'up' } = options
  const round = rounds === 'up' ? Math.ceil : Math.floor
  const ids = [...options.ids]
  const asked: string[] = []
  return {
    ids,
    asked,
    answer: (query) => {
      asked.push(query.toString())
      before?.(asked.length, ids)
      const wanted = Math.max(1, round(Number(query.get('limit') ?? options.size ?? 3) / sizeStep) * sizeStep)
      const size = Math.min(wanted, cap)
      const page = query.get('page')
      const start = page === null ? Number(query.get('offset')) : (Number(page) - 1) * size
      const data = ids
        .slice(start, start + size)
        .map((id) => ({ id, name: `Person ${id}`, email: `p${id}@example.com` }))
      return { data, ...(hasTotal && { total: ids.length, pages: Math.ceil(ids.length / size) }) }
    },
  }
}

/** The list on a port of its own; `stop` ends it. */
export async function serveShiftingList(
  options: ShiftingListOptions,
): Promise<ShiftingList & { readonly url: string; readonly stop: () => Promise<void> }> {
  const list = makeShiftingList(options)
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(list.answer(searchParams)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    ...list,
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
