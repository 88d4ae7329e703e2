/** Answers in one shape: an envelope for the app, a page in words for whoever opened an address in the browser. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { commonHeaders } from '#main/app/host/security-headers.ts'
import type { Envelope } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import type { Refusal } from './refusals.ts'

export function answerEnvelope(response: ServerResponse, status: number, envelope: Envelope): void {
  sendText(response, status, { text: JSON.stringify(envelope), type: 'application/json' })
}

export function answerRefusal(request: IncomingMessage, response: ServerResponse, { status, error }: Refusal): void {
  // What was refused may still be arriving; nobody reads it.
  if (!request.complete) response.setHeader('connection', 'close')
  if (wantsPage(request)) sendText(response, status, { text: pageOf(error), type: 'text/html; charset=utf-8' })
  else answerEnvelope(response, status, { ok: false, error })
}

function sendText(response: ServerResponse, status: number, { text, type }: { text: string; type: string }): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { ...commonHeaders, 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

function wantsPage({ headers, method }: IncomingMessage): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html')
}

function pageOf({ message, kept, next }: ErrorInfo): string {
  const paragraphs = [message, kept, next].filter((text) => text !== undefined).map((text) => `<p>${escaped(text)}</p>`)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Patchbay</title></head><body><h1>Patchbay</h1>${paragraphs.join('')}</body></html>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
