/**
 * The files of the window, for both hosts: listed once at start, each with its headers. A request names one of the
 * list or nothing; no path of a request ever reaches the file system, so there is nothing to climb out of.
 */
import { randomBytes } from 'node:crypto'
import { type Dirent, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { commonHeaders, contentSecurityPolicy } from './security-headers.ts'

/** From the path in the address ('/assets/index-1a2b.js') to the file. */
export type WindowFiles = ReadonlyMap<string, string>

export interface WindowFile {
  readonly headers: Readonly<Record<string, string>>
  readonly content: Buffer
}

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

export const startPage = '/index.html'
const nonceMark = '__STYLE_NONCE__'

/** Files of known types only; none where the folder is missing. */
export function listWindowFiles(folder: string): WindowFiles {
  const files = new Map<string, string>()
  addFiles(files, folder, '')
  return files
}

/** Folder by folder: that also works in the archive of a packaged Electron, whose file system is a copy in JavaScript. */
function addFiles(files: Map<string, string>, folder: string, path: string): void {
  for (const entry of entriesOf(folder)) {
    const inside = `${path}/${entry.name}`
    if (entry.isDirectory()) addFiles(files, join(folder, entry.name), inside)
    else if (extname(inside) in types) files.set(inside, join(folder, entry.name))
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** The file at exactly this path ('/' is the start page), or null. Each start page gets a nonce of its own, in its header and in itself. */
export async function readWindowFile(files: WindowFiles, path: string): Promise<WindowFile | null> {
  const asked = path === '/' ? startPage : path
  const file = files.get(asked)
  if (file === undefined) return null
  const content = await readFile(file)
  return asked === startPage ? startPageOf(content) : { headers: headersOf(asked), content }
}

function startPageOf(content: Buffer): WindowFile {
  const nonce = randomBytes(16).toString('base64')
  return {
    headers: { ...headersOf(startPage), 'content-security-policy': contentSecurityPolicy(nonce) },
    content: Buffer.from(content.toString('utf8').replaceAll(nonceMark, nonce)),
  }
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
