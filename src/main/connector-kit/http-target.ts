/** Where requests may go: https (http on loopback only), one origin, paths below it. */
import { AppError } from '#shared/errors.ts'
import type { HttpRequest } from './http.ts'

export interface Base {
  readonly origin: string
  /** 'api.example.com' or 'localhost:4010', for messages. */
  readonly host: string
  /** '' or '/v1' */
  readonly path: string
}

/** Checks the base URL of a connection. Throws AppError (config) with the reason. */
export function parseBase(baseUrl: string): Base {
  const url = URL.parse(baseUrl)
  if (!url) throw addressError('address-invalid', 'The address of the service is not a web address.')
  if (url.username !== '' || url.password !== '') {
    throw addressError('address-with-password', 'The address must not contain a name or password.')
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw addressError(
      'address-not-encrypted',
      `The address ${url.host} is not encrypted: it must begin with https://.`,
    )
  }
  if (url.search !== '') throw addressError('address-invalid', 'The address must not contain a question mark.')
  return { origin: url.origin, host: url.host, path: url.pathname.replace(/\/+$/, '') }
}

/** True for this computer only: localhost, 127.0.0.0/8, ::1, as the URL parser writes them. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/** Path with query of a request. Throws AppError (config, `foreign-address`) for any other origin. */
export function targetOf(base: Base, { path, query }: Pick<HttpRequest, 'path' | 'query'>): string {
  const below = path.startsWith('/') && !path.startsWith('//') ? base.path + path : pathOnOrigin(base, path)
  if (/[\s\\]|\/\.\.?(\/|$|\?)/.test(below)) throw addressError('path-invalid', 'The address of a record is not valid.')
  return query === undefined ? below : withQuery(below, query)
}

function pathOnOrigin(base: Base, address: string): string {
  const url = URL.parse(address)
  if (url?.origin !== base.origin || url.username !== '') {
    const elsewhere = url ? url.host : 'another place'
    throw addressError('foreign-address', `${base.host} points to ${elsewhere}; keys are sent to ${base.host} only.`)
  }
  return url.pathname + url.search
}

function withQuery(path: string, query: NonNullable<HttpRequest['query']>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.append(name, String(value))
  }
  const text = parameters.toString()
  if (text === '') return path
  return `${path}${path.includes('?') ? '&' : '?'}${text}`
}

/** The new path after a redirect of a read, or an error: only the same origin is followed. */
export function redirectTarget(base: Base, from: string, location: string): string {
  const url = URL.parse(location, base.origin + from)
  if (url?.origin === base.origin) return url.pathname + url.search
  throw addressError(
    'redirect-elsewhere',
    `${base.host} sends us on to ${url ? url.host : 'an address that is none'}; keys are not sent there.`,
  )
}

function addressError(code: string, message: string): AppError {
  return new AppError({
    kind: 'config',
    code,
    message,
    kept: 'Nothing was sent there.',
    next: 'Check the address in the settings of the connection.',
  })
}
