/**
 * The files of the window: listed once at start. A request names one of the list or nothing; no path of a request
 * ever reaches the file system, so there is nothing to climb out of.
 */
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { answerRefusal } from './answers.ts'
import { refusals } from './refusals.ts'
import { pathOf } from './routes.ts'
import { commonHeaders, contentSecurityPolicy } from './security-headers.ts'

/** From the path in the address ('/assets/index-1a2b.js') to the file. */
export type StaticFiles = ReadonlyMap<string, string>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

const startPage = '/index.html'
const nonceMark = '__STYLE_NONCE__'

/** Files of known types only; none where the folder is missing. */
export function listStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, string>()
  for (const entry of foldersEntries(folder)) {
    const path = `/${entry.split(sep).join('/')}`
    if (extname(path) in types) files.set(path, join(folder, entry))
  }
  return files
}

function foldersEntries(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    return []
  }
}

export async function serveFile(files: StaticFiles, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = pathOf(request.url)
  const path = asked === '/' ? startPage : asked
  const file = files.get(path)
  if (file === undefined) {
    answerRefusal(request, response, path === startPage ? refusals.noWindow : refusals.notFound)
    return
  }
  const content = await readFile(file)
  if (path === startPage) sendStartPage(content, request, response)
  else send(content, headersOf(path), request, response)
}

/** Each page gets a nonce of its own, in its header and in itself. */
function sendStartPage(content: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64')
  const page = Buffer.from(content.toString('utf8').replaceAll(nonceMark, nonce))
  const headers = { ...headersOf(startPage), 'content-security-policy': contentSecurityPolicy(nonce) }
  send(page, headers, request, response)
}

/** Files of the build carry a hash of their content in their names and never change. */
function headersOf(path: string): Readonly<Record<string, string>> {
  const isHashed = /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(path)
  return {
    ...commonHeaders,
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    ...(isHashed ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}),
  }
}

function send(
  content: Buffer,
  headers: Readonly<Record<string, string>>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.writeHead(200, { ...headers, 'content-length': content.length })
  response.end(request.method === 'HEAD' ? undefined : content)
}
