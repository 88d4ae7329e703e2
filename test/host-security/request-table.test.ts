import { describe, expect, it } from 'vitest'
import type { RequestCheck } from '#main/headless/http/checks.ts'
import { type RawRequest, sendRaw } from './raw-request.ts'
import { checksWithout, type SecuredHost, securedHost } from './secured-host.ts'

interface Row {
  readonly what: string
  readonly request: (host: SecuredHost) => RawRequest
  readonly status: number
  /** The check that refuses it. Without that check the request must get through: otherwise the row proves nothing. */
  readonly by: RequestCheck['id'] | 'none'
}

const call = (changes: (host: SecuredHost) => Record<string, string | undefined>, more: Partial<RawRequest> = {}) => {
  return (host: SecuredHost): RawRequest => ({
    method: 'POST',
    path: '/rpc/runs.list',
    body: '{}',
    ...more,
    headers: present({ ...host.good, ...changes(host) }),
  })
}
const page =
  (path: string, headers: Record<string, string> = {}) =>
  (host: SecuredHost) => ({
    path,
    headers: { host: `127.0.0.1:${host.port}`, ...headers },
  })

function present(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

const rows: readonly Row[] = [
  { what: 'a call of the page', request: call(() => ({})), status: 200, by: 'none' },
  {
    what: 'a call of the page at localhost',
    request: call(({ port }) => ({ host: `localhost:${port}`, origin: `http://localhost:${port}` })),
    status: 200,
    by: 'none',
  },
  { what: 'the start page', request: page('/'), status: 200, by: 'none' },
  {
    what: 'the start page by a link on another site',
    request: page('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }),
    status: 200,
    by: 'none',
  },
  { what: 'the sign of life', request: page('/healthz'), status: 200, by: 'none' },
  {
    what: 'a foreign name that points here',
    request: call(({ port }) => ({ host: `evil.example:${port}` })),
    status: 421,
    by: 'host',
  },
  {
    what: 'our address as the beginning of a foreign name',
    request: call(({ port }) => ({ host: `127.0.0.1.evil.example:${port}` })),
    status: 421,
    by: 'host',
  },
  { what: 'our address without the port', request: call(() => ({ host: '127.0.0.1' })), status: 421, by: 'host' },
  {
    what: 'our address with another port',
    request: call(({ port }) => ({ host: `127.0.0.1:${port + 1}` })),
    status: 421,
    by: 'host',
  },
  {
    what: 'another loopback address',
    request: call(({ port }) => ({ host: `127.0.0.2:${port}` })),
    status: 421,
    by: 'host',
  },
  {
    what: 'the start page under a foreign name',
    request: (host) => ({ path: '/', headers: { host: `evil.example:${host.port}` } }),
    status: 421,
    by: 'host',
  },
  {
    what: 'the sign of life under a foreign name',
    request: (host) => ({ path: '/healthz', headers: { host: `evil.example:${host.port}` } }),
    status: 421,
    by: 'host',
  },
  {
    what: 'a call of a foreign page',
    request: call(() => ({ origin: 'https://evil.example' })),
    status: 403,
    by: 'origin',
  },
  { what: 'a call of a sandboxed frame', request: call(() => ({ origin: 'null' })), status: 403, by: 'origin' },
  {
    what: 'a call of a page on another port',
    request: call(({ port }) => ({ origin: `http://127.0.0.1:${port + 1}` })),
    status: 403,
    by: 'origin',
  },
  {
    what: 'a call of our address over https',
    request: call(({ port }) => ({ origin: `https://127.0.0.1:${port}` })),
    status: 403,
    by: 'origin',
  },
  { what: 'a call without an origin', request: call(() => ({ origin: undefined })), status: 403, by: 'origin' },
  {
    what: 'events for a foreign origin',
    request: (host) => ({ path: '/session/check', headers: { ...host.good, origin: 'https://evil.example' } }),
    status: 403,
    by: 'origin',
  },
  {
    what: 'a call across sites',
    request: call(() => ({ 'sec-fetch-site': 'cross-site' })),
    status: 403,
    by: 'fetch-site',
  },
  {
    what: 'a call of another port of this computer',
    request: call(() => ({ 'sec-fetch-site': 'same-site' })),
    status: 403,
    by: 'fetch-site',
  },
  {
    what: 'a script of ours in a foreign page',
    request: page('/assets/index-1a2b3c4d.js', {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'script',
    }),
    status: 403,
    by: 'fetch-site',
  },
  {
    what: 'the start page in a foreign frame',
    request: page('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }),
    status: 403,
    by: 'fetch-site',
  },
  { what: 'a call without a bearer', request: call(() => ({ authorization: undefined })), status: 401, by: 'bearer' },
  {
    what: 'a call with a wrong bearer',
    request: call(() => ({ authorization: `Bearer ${'A'.repeat(43)}` })),
    status: 401,
    by: 'bearer',
  },
  {
    what: 'a call with a link token as bearer',
    request: call(({ sessions }) => ({ authorization: `Bearer ${sessions.mintToken()}` })),
    status: 401,
    by: 'bearer',
  },
  {
    what: 'a call with its bearer as a cookie',
    request: call(({ bearer }) => ({ authorization: undefined, cookie: `bearer=${bearer}` })),
    status: 401,
    by: 'bearer',
  },
  {
    what: 'a call with another scheme',
    request: call(({ bearer }) => ({ authorization: `Basic ${bearer}` })),
    status: 401,
    by: 'bearer',
  },
  {
    what: 'a new link without a bearer',
    request: call(() => ({ authorization: undefined }), { path: '/session/link' }),
    status: 401,
    by: 'bearer',
  },
  {
    what: 'a call by GET',
    request: (host) => ({ path: '/rpc/runs.list', headers: host.good }),
    status: 405,
    by: 'method',
  },
  { what: 'a call by PUT', request: call(() => ({}), { method: 'PUT' }), status: 405, by: 'method' },
  { what: 'the start page by POST', request: call(() => ({}), { path: '/' }), status: 405, by: 'method' },
  {
    what: 'a question before a foreign call (OPTIONS)',
    request: (host) => ({ method: 'OPTIONS', path: '/rpc/runs.list', headers: host.good }),
    status: 405,
    by: 'method',
  },
  {
    what: 'a call as plain text',
    request: call(() => ({ 'content-type': 'text/plain' })),
    status: 415,
    by: 'content-type',
  },
  {
    what: 'a call as a form',
    request: call(() => ({ 'content-type': 'application/x-www-form-urlencoded' })),
    status: 415,
    by: 'content-type',
  },
  {
    what: 'a call without a type',
    request: call(() => ({ 'content-type': undefined })),
    status: 415,
    by: 'content-type',
  },
  { what: 'a path up with an escaped slash', request: page('/..%2fsecret.txt'), status: 400, by: 'path' },
  { what: 'a path up with an escaped backslash', request: page('/..%5csecret.txt'), status: 400, by: 'path' },
  { what: 'a path with a byte that is no text', request: page('/%ff'), status: 400, by: 'path' },
  { what: 'a path with an escaped end', request: page('/index.html%00.js'), status: 400, by: 'path' },
  { what: 'a path with a backslash', request: page('/..\\secret.txt'), status: 400, by: 'path' },
  { what: 'a whole address as the path', request: page('http://evil.example/'), status: 400, by: 'path' },
  { what: 'a path up', request: page('/../secret.txt'), status: 404, by: 'none' },
  { what: 'a path up from inside', request: page('/assets/../../secret.txt'), status: 404, by: 'none' },
  {
    what: 'the path of a file on the disk',
    request: (host) => page(`${host.folder}/index.html`)(host),
    status: 404,
    by: 'none',
  },
  { what: 'a file of an unknown type', request: page('/index.js.map'), status: 404, by: 'none' },
  { what: 'a folder', request: page('/assets'), status: 404, by: 'none' },
  { what: 'a name of every object', request: page('/__proto__'), status: 404, by: 'none' },
  {
    what: 'a body of two megabytes',
    request: call(() => ({}), { body: `{"limit":${'1'.repeat(2_000_000)}}` }),
    status: 413,
    by: 'none',
  },
  { what: 'a body that is no JSON', request: call(() => ({}), { body: '{"limit":' }), status: 400, by: 'none' },
  { what: 'an empty body', request: call(() => ({}), { body: '' }), status: 400, by: 'none' },
  { what: 'headers of 20 kB', request: call(() => ({ 'x-long': 'x'.repeat(20_000) })), status: 431, by: 'none' },
]

describe('a request to the host', () => {
  for (const { what, request, status, by } of rows) {
    it(`is answered with ${status}: ${what}`, async () => {
      const host = await securedHost()
      expect((await sendRaw(host.port, request(host))).status).toBe(status)
    })
    if (by === 'none') continue
    it(`would get past without the check "${by}": ${what}`, async () => {
      const host = await securedHost({ checks: checksWithout(by) })
      const answer = await sendRaw(host.port, request(host))
      expect(answer.status).not.toBe(status)
      // What it reaches then: an answer of the app, or at least another refusal further inside.
      expect([200, 400, 404]).toContain(answer.status)
    })
  }

  it('never holds a file from outside the window, whatever the path', async () => {
    const host = await securedHost({ checks: [] })
    const paths = [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/..%5csecret.txt',
      '/%2e%2e/secret.txt',
      '/..\\secret.txt',
      '//secret.txt',
      '/assets/../../secret.txt',
    ]
    for (const path of paths) expect((await sendRaw(host.port, { path })).text).not.toContain('not for the browser')
  })
})
