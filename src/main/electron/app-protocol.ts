/** Serves the window under `app://patchbay/`, with the same files and headers as the headless host. */
import type { CustomScheme } from 'electron'
import { closedPolicy } from '#main/app/host/security-headers.ts'
import { readWindowFile, type WindowFiles } from '#main/app/host/window-files.ts'
import { isOwnAddress, ownScheme } from './own-address.ts'

/** No more than a page needs to be a page: https://www.electronjs.org/docs/latest/api/protocol (read 2026-11). */
export const ownSchemes: CustomScheme[] = [
  { scheme: ownScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]

/** Answers one request of the window. Only names of the list lead to a file. */
export async function answerRequest(files: WindowFiles, request: Pick<Request, 'url' | 'method'>): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
  if (!isOwnAddress(request.url)) return refusal(404)
  const file = await readWindowFile(files, new URL(request.url).pathname)
  if (!file) return refusal(404)
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(file.content), { headers: file.headers })
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { 'content-security-policy': closedPolicy } })
}
