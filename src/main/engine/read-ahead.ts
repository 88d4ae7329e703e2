/** Reads pages one ahead: the next page is on its way while the present one is being worked on. */

import { AppError } from '#shared/errors.ts'
import type { ConnectedObject, ReadPage, ReadRequest } from '#shared/model/connected.ts'

export async function* readAhead(source: ConnectedObject, request: ReadRequest): AsyncGenerator<ReadPage> {
  if (!source.read) throw notReadable(source)
  const iterator = source.read(request)[Symbol.asyncIterator]()
  let next = iterator.next()
  try {
    for (;;) {
      const result = await next
      if (result.done) return
      next = iterator.next()
      // A failure of the next page is met when it is asked for, not as an unhandled rejection.
      next.catch(() => undefined)
      yield result.value
    }
  } finally {
    await next.catch(() => undefined)
    await iterator.return?.()
  }
}

function notReadable(source: ConnectedObject): AppError {
  return new AppError({
    kind: 'config',
    code: 'cannot-read',
    message: `"${source.description.label}" cannot be read through this connection.`,
    kept: 'Nothing was written.',
    next: 'Choose another source object, or configure how its records are listed.',
  })
}
