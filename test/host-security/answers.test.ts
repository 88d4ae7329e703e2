import { describe, expect, it } from 'vitest'
import { sendBytes, sendRaw } from './raw-request.ts'
import { securedHost, signIn } from './secured-host.ts'

describe('the links of the host', () => {
  it('work once', async () => {
    const host = await securedHost()
    const token = host.sessions.mintToken()
    const first = await signIn(host, token)
    expect([first.status, first.text]).toEqual([200, expect.stringMatching(/"bearer":"[\w-]{43}"/)])
    const second = await signIn(host, token)
    expect([second.status, second.text]).toEqual([401, expect.stringContaining('patchbay serve')])
  })

  it('work for ten minutes and no longer', async () => {
    let nowMs = 0
    const host = await securedHost({ clock: { now: () => nowMs, sleep: async () => undefined } })
    const [early, late] = [host.sessions.mintToken(), host.sessions.mintToken()]
    nowMs = 599_999
    expect((await signIn(host, early)).status).toBe(200)
    nowMs = 600_000
    expect((await signIn(host, late)).status).toBe(401)
  })

  it('of another start of the host do not work, nor do its bearers', async () => {
    const [yesterday, today] = [await securedHost(), await securedHost()]
    expect((await signIn(today, yesterday.sessions.mintToken())).status).toBe(401)
    const headers = { ...today.good, authorization: `Bearer ${yesterday.bearer}` }
    expect((await sendRaw(today.port, { path: '/session/check', headers })).status).toBe(401)
  })

  for (const token of [undefined, null, 7, {}, '', 'x'.repeat(500), ['a']]) {
    it(`refuse ${JSON.stringify(token)?.slice(0, 20)} as a token`, async () => {
      expect((await signIn(await securedHost(), token)).status).toBe(401)
    })
  }

  it('are barred for a minute after ten wrong ones, while pages that are signed in go on', async () => {
    let nowMs = 0
    const host = await securedHost({ clock: { now: () => nowMs, sleep: async () => undefined } })
    const statuses: number[] = []
    for (let time = 0; time < 11; time += 1) statuses.push((await signIn(host, `wrong-${time}`)).status)
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429])
    expect((await signIn(host, host.sessions.mintToken())).status).toBe(429)
    expect((await sendRaw(host.port, { path: '/session/check', headers: host.good })).status).toBe(200)
    nowMs = 60_001
    expect((await signIn(host, host.sessions.mintToken())).status).toBe(200)
  })

  it('can be asked for by a page that is signed in', async () => {
    const host = await securedHost()
    const answer = await sendRaw(host.port, { method: 'POST', path: '/session/link', headers: host.good, body: '{}' })
    const { token } = JSON.parse(answer.text).value
    expect((await signIn(host, token)).status).toBe(200)
  })

  it('bar wrong bearers after a hundred', async () => {
    const host = await securedHost()
    const headers = { ...host.good, authorization: 'Bearer wrong' }
    let status = 0
    for (let time = 0; time < 101; time += 1)
      status = (await sendRaw(host.port, { path: '/session/check', headers })).status
    expect(status).toBe(429)
    expect((await sendRaw(host.port, { path: '/session/check', headers: host.good })).status).toBe(200)
  })
})

describe('answers of the host', () => {
  it('carry every protecting header, refusals and files alike, and nothing for foreign pages', async () => {
    const host = await securedHost()
    const own = { host: `127.0.0.1:${host.port}` }
    for (const path of ['/', '/favicon.svg', '/nothing', '/healthz', '/rpc/x']) {
      const { headers } = await sendRaw(host.port, { path, headers: own })
      expect(headers, path).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      })
      expect(
        Object.keys(headers).filter((name) => /^access-control|^set-cookie|^server|^x-powered/.test(name)),
      ).toEqual([])
    }
  })

  it('give each start page a nonce of its own, the same in header and page, and strict rules', async () => {
    const host = await securedHost()
    const [one, two] = [
      await sendRaw(host.port, { headers: { host: `127.0.0.1:${host.port}` } }),
      await sendRaw(host.port, { headers: { host: `127.0.0.1:${host.port}` } }),
    ]
    const nonceOf = (text: string): string | undefined => /content="([^"]+)"/.exec(text)?.[1]
    const policy = String(one.headers['content-security-policy'])
    expect(policy).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonceOf(one.text)}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types default`,
    )
    expect(nonceOf(one.text)).not.toBe(nonceOf(two.text))
    expect(nonceOf(one.text)).toMatch(/^[A-Za-z0-9+/]{22}==$/)
  })

  it('let only files with a hash in their name be kept by the browser', async () => {
    const host = await securedHost()
    const { headers } = await sendRaw(host.port, {
      path: '/assets/index-1a2b3c4d.js',
      headers: { host: `127.0.0.1:${host.port}` },
    })
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })

  it('are a page in words for whoever opens a wrong address in a browser', async () => {
    const host = await securedHost()
    const headers = { host: `127.0.0.1:${host.port}`, accept: 'text/html,*/*' }
    const answer = await sendRaw(host.port, { path: '/old/bookmark', headers })
    expect([answer.status, answer.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    expect(answer.text).toContain('There is nothing at this address.')
  })

  it('say that the window is missing where it was not built', async () => {
    const host = await securedHost({ files: new Map() })
    const answer = await sendRaw(host.port, { headers: { host: `127.0.0.1:${host.port}` } })
    expect([answer.status, answer.text]).toEqual([503, expect.stringContaining('npm run build')])
  })

  it('end a body that does not come', async () => {
    const host = await securedHost({ limits: { bodyTimeoutMs: 150 } })
    const head = Object.entries({ ...host.good, 'content-length': '10' }).map(([name, value]) => `${name}: ${value}`)
    const line = await sendBytes(host.port, `POST /rpc/runs.list HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n{"li`)
    expect(line).toBe('HTTP/1.1 408 Request Timeout')
  })

  it('end headers that do not come', async () => {
    const host = await securedHost({ limits: { headersTimeoutMs: 200, bodyTimeoutMs: 200 } })
    const line = await sendBytes(host.port, 'GET / HTTP/1.1\r\nHost: 127')
    expect(line).toBe('HTTP/1.1 408 Request Timeout')
  })

  for (const bytes of [
    'GET / HTTP/1.0\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n',
    '\u0016\u0003\u0001 tls\r\n\r\n',
  ]) {
    it(`refuse ${JSON.stringify(bytes.slice(0, 24))}`, async () => {
      const host = await securedHost()
      expect(await sendBytes(host.port, bytes)).toMatch(/^HTTP\/1\.1 (400|421)|^closed$/)
    })
  }

  it('refuse two lengths for one body, which is how requests are smuggled', async () => {
    const host = await securedHost()
    const head = `POST /rpc/runs.list HTTP/1.1\r\nhost: 127.0.0.1:${host.port}\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`
    expect(await sendBytes(host.port, head)).toMatch(/400/)
  })

  it('listen on this computer only', async () => {
    const { http } = await securedHost()
    expect(http.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const { networkInterfaces } = await import('node:os')
    const outer = Object.values(networkInterfaces())
      .flat()
      .find((found) => found && !found.internal && found.family === 'IPv4')
    if (!outer) return
    const { connect } = await import('node:net')
    const reached = await new Promise((resolve) => {
      const socket = connect(http.port, outer.address, () => resolve(true))
      socket.on('error', () => resolve(false))
    })
    expect(reached).toBe(false)
  })

  it('name the port that was asked for when it is taken, and take another one when none was asked for', async () => {
    const { http } = await securedHost()
    await expect(securedHost({ port: http.port })).rejects.toMatchObject({
      info: {
        kind: 'config',
        code: 'port-in-use',
        message: `Port ${http.port} is already used by another program.`,
        next: expect.stringContaining('--port'),
      },
    })
  })
})
