/** An answer as connectors see it: text decoded once, JSON with every digit, errors that name the host. */
import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { AppError } from '#shared/errors.ts'
import { type Json, parseJson } from '#shared/json.ts'
import { excerpt } from './error-table.ts'
import type { Asked } from './error-words.ts'
import type { HttpReply } from './http.ts'
import { TransportError, type TransportReply } from './http-transport.ts'
import type { Scrub } from './scrub.ts'

export interface ReplyContext {
  readonly asked: Asked
  readonly scrub: Scrub
}

export class AnsweredReply implements HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly context: ReplyContext
  readonly #body: Buffer
  #text: string | undefined

  constructor(raw: TransportReply, context: ReplyContext) {
    this.status = raw.status
    this.headers = raw.headers
    this.context = context
    this.#body = raw.body
  }

  get text(): string {
    this.#text ??= decode(this.#body, this.headers['content-type'])
    return this.#text
  }

  get serverTime(): string {
    return instantOf(this.headers.date) ?? ''
  }

  json(): Json {
    try {
      if (!this.headers['content-type']?.includes('charset') && !isUtf8(this.#body)) throw new SyntaxError('not UTF-8')
      return parseJson(this.text)
    } catch (thrown) {
      throw this.#notJson(thrown)
    }
  }

  #notJson(thrown: unknown): AppError {
    const { asked, scrub } = this.context
    const looks = looksLike(this.text)
    return new AppError({
      kind: 'data',
      code: 'answer-not-json',
      message: `${asked.host} answered ${asked.what} with ${shapes[looks]}.`,
      kept: asked.isWrite
        ? 'The write stands in the journal and is looked up before it is sent again.'
        : 'Nothing was changed.',
      next: 'Try again later. If it stays, check the address of the connection: it may lead to a web page.',
      details: {
        host: asked.host,
        asked: asked.what,
        status: this.status,
        looks,
        technical: scrub(thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 200),
        answer: excerpt(this.text, scrub),
      },
    })
  }
}

const shapes = {
  html: 'a web page instead of data',
  empty: 'nothing at all',
  truncated: 'data that breaks off in the middle',
  other: 'something that is not JSON',
}

function looksLike(text: string): keyof typeof shapes {
  const start = text.trimStart().slice(0, 15).toLowerCase()
  if (start === '') return 'empty'
  if (start.startsWith('<')) return 'html'
  return start.startsWith('{') || start.startsWith('[') ? 'truncated' : 'other'
}

function decode(body: Buffer, contentType: string | undefined): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase()
  const text = charset === undefined || charset === 'utf-8' ? body.toString('utf8') : decodeCharset(body, charset)
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

function decodeCharset(body: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(body)
  } catch {
    // A charset nobody knows: the bytes are shown as UTF-8.
    return body.toString('utf8')
  }
}

let lastDate: { readonly header: string; readonly instant: string } | undefined

/** The instant of a Date header; the last one is remembered, since it changes once per second only. */
function instantOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  if (lastDate?.header === header) return lastDate.instant
  const ms = Date.parse(header)
  if (Number.isNaN(ms)) return undefined
  lastDate = { header, instant: new Date(ms).toISOString() }
  return lastDate.instant
}

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
}

/**
 * Unpacks an answer a service compressed although nothing of the kind was asked for. Bounded: an answer that
 * unpacks to more than `maxBytes` is refused, whatever its size on the wire. Throws TransportError.
 */
export async function unpack(raw: TransportReply, maxBytes: number): Promise<TransportReply> {
  const encoding = raw.headers['content-encoding']?.trim().toLowerCase()
  if (encoding === undefined || encoding === '' || encoding === 'identity') return raw
  const decoder = Object.entries(decoders).find(([name]) => name === encoding)?.[1]
  if (!decoder) return raw
  try {
    return { ...raw, body: await decoder(raw.body, { maxOutputLength: maxBytes }) }
  } catch (thrown) {
    const isTooLarge = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE'
    throw new TransportError(isTooLarge ? 'too-large' : 'reset', true, thrown)
  }
}

/** One part of an answer that carries several (an item of a batch) as an answer of its own, for the error table. */
export function replyOfPart(whole: HttpReply, status: number, text: string): HttpReply {
  if (whole instanceof AnsweredReply) {
    return new AnsweredReply({ status, headers: {}, body: Buffer.from(text) }, whole.context)
  }
  return { status, headers: {}, text, json: () => parseJson(text) }
}
