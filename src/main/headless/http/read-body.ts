/** Reads the JSON of a request: not more than it may have, not longer than it may take. */
import type { IncomingMessage } from 'node:http'
import { inputTooLarge } from '#main/rpc/failures.ts'
import { type Refusal, refusals } from './refusals.ts'

export interface BodyLimits {
  readonly maxBytes: number
  readonly timeoutMs: number
}

export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The other side is gone; there is nobody to answer. */
  | { readonly kind: 'gone' }

/** What is too large is read to its end without being kept, up to this: a sender that still sends does not hear the answer. */
const mostDrainedBytes = 32_000_000

export function readBody(request: IncomingMessage, { maxBytes, timeoutMs }: BodyLimits): Promise<Body> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let sizeBytes = 0
    const timer = setTimeout(() => finish({ kind: 'refused', refusal: refusals.tooSlow }), timeoutMs)
    const finish = (body: Body): void => {
      clearTimeout(timer)
      request.off('data', take)
      request.resume()
      resolve(body)
    }
    const take = (chunk: Buffer): void => {
      sizeBytes += chunk.length
      if (sizeBytes <= maxBytes) parts.push(chunk)
      else parts.length = 0
      if (sizeBytes > mostDrainedBytes) finish(tooLarge(maxBytes))
    }
    request.on('data', take)
    request.on('end', () => finish(sizeBytes > maxBytes ? tooLarge(maxBytes) : parsed(Buffer.concat(parts))))
    request.on('error', () => finish({ kind: 'gone' }))
    request.on('close', () => finish({ kind: 'gone' }))
  })
}

function tooLarge(maxBytes: number): Body {
  return { kind: 'refused', refusal: { status: 413, error: inputTooLarge(maxBytes) } }
}

function parsed(content: Buffer): Body {
  try {
    return { kind: 'json', value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content)) }
  } catch {
    return { kind: 'refused', refusal: refusals.badJson }
  }
}
