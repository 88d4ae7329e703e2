/** Reads the body of one request with a hard limit, strictly as UTF-8 JSON. */
import type { IncomingMessage } from 'node:http'
import { type Json, parseJson } from '#shared/json.ts'
import { problemReply, type Reply } from './reply.ts'

const maxBodyBytes = 1024 * 1024
/** A body that is too large is still taken in up to here, so that the caller sees the 413 and not a broken connection. */
const maxDrainedBytes = 16 * maxBodyBytes

export type BodyResult =
  | { readonly kind: 'body'; readonly text: string; readonly json: Json | undefined }
  | { readonly kind: 'refused'; readonly reply: Reply }

const tooLarge: BodyResult = {
  kind: 'refused',
  reply: problemReply(
    413,
    { code: 'body_too_large', message: `A request body has at most ${maxBodyBytes} bytes.` },
    { connection: 'close' },
  ),
}

/** Rejects when the connection breaks before the body is complete. */
export async function readBody(request: IncomingMessage): Promise<BodyResult> {
  if (Number(request.headers['content-length'] ?? 0) > maxDrainedBytes) return tooLarge
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request) {
    // Node gives Buffers here: no encoding is set on the request.
    const bytes = chunk as Buffer
    sizeBytes += bytes.length
    if (sizeBytes > maxDrainedBytes) return tooLarge
    if (sizeBytes <= maxBodyBytes) chunks.push(bytes)
  }
  if (sizeBytes > maxBodyBytes) return tooLarge
  if (sizeBytes === 0) return { kind: 'body', text: '', json: undefined }
  if (!isJsonType(request.headers['content-type']))
    return refused(415, 'unsupported_media_type', 'Send application/json.')
  return parseBody(Buffer.concat(chunks))
}

function parseBody(bytes: Buffer): BodyResult {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { kind: 'body', text, json: parseJson(text) }
  } catch {
    return refused(400, 'invalid_json', 'The request body is not valid JSON in UTF-8.')
  }
}

function isJsonType(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/([\w.-]+\+)?json\b/i.test(contentType)
}

function refused(status: number, code: string, message: string): BodyResult {
  return { kind: 'refused', reply: problemReply(status, { code, message }) }
}
