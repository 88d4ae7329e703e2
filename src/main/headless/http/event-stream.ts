/** Events to a page: one line of JSON each on an answer that does not end. A page that reads too slowly is cut off; it comes back and asks anew. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { commonHeaders } from '#main/app/host/security-headers.ts'
import { readPosition, type Subscribe } from '#shared/contract/transport.ts'
import { answerRefusal } from './answers.ts'
import { refusals } from './refusals.ts'

export interface EventStreams {
  readonly open: (request: IncomingMessage, response: ServerResponse) => void
  readonly closeAll: () => void
}

const mostStreams = 32
const mostUnsentBytes = 1_000_000
/** An empty line now and then, so that the page notices a dead connection. */
const aliveEveryMs = 15_000

export function createEventStreams(subscribe: Subscribe): EventStreams {
  const streams = new Set<ServerResponse>()

  const open = (request: IncomingMessage, response: ServerResponse): void => {
    if (streams.size >= mostStreams) {
      answerRefusal(request, response, refusals.tooManyStreams)
      return
    }
    streams.add(response)
    response.writeHead(200, { ...commonHeaders, 'content-type': 'application/x-ndjson' })
    const write = (line: string): void => {
      if (response.writableLength > mostUnsentBytes) response.destroy()
      else response.write(`${line}\n`)
    }
    write('')
    const stop = subscribe((message) => write(JSON.stringify(message)), positionOf(request.url))
    const alive = setInterval(() => write(''), aliveEveryMs)
    response.on('close', () => {
      stop()
      clearInterval(alive)
      streams.delete(response)
    })
  }

  const closeAll = (): void => {
    for (const response of streams) response.end()
  }
  return { open, closeAll }
}

function positionOf(url: string | undefined) {
  const query = new URLSearchParams((url ?? '').split('?')[1] ?? '')
  const seq = query.get('seq') ?? ''
  return readPosition({ boot: query.get('boot'), seq: /^\d{1,15}$/.test(seq) ? Number(seq) : undefined })
}
