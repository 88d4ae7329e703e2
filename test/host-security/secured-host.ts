/** A real HTTP host with the test core, whose checks a test can choose. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { listWindowFiles } from '#main/app/host/window-files.ts'
import { type RequestCheck, standardChecks } from '#main/headless/http/checks.ts'
import { type HttpHost, type HttpHostOptions, openHttpHost } from '#main/headless/http/http-host.ts'
import { createSessions, type Sessions } from '#main/headless/http/sessions.ts'
import { type RpcClock, systemClock } from '#main/rpc/clock.ts'
import { createTestCore } from '#test/support/host/test-core.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { sendRaw } from './raw-request.ts'

export interface SecuredHost {
  readonly port: number
  readonly http: HttpHost
  readonly sessions: Sessions
  /** A bearer that is good on this host. */
  readonly bearer: string
  /** Headers of a good call of the page. */
  readonly good: Readonly<Record<string, string>>
  readonly folder: string
}

export function checksWithout(id: RequestCheck['id']): readonly RequestCheck[] {
  return standardChecks.filter((check) => check.id !== id)
}

export async function securedHost(options: Partial<HttpHostOptions> & { clock?: RpcClock } = {}): Promise<SecuredHost> {
  const core = createTestCore({ log: () => undefined })
  const sessions = createSessions(options.clock ?? systemClock)
  const folder = rendererFolder()
  const http = await openHttpHost({
    core: { dispatch: core.dispatch, subscribe: core.events.subscribe },
    sessions,
    files: listWindowFiles(folder),
    log: () => undefined,
    port: 0,
    ...options,
  })
  onTestFinished(http.close)
  const bearer = sessions.exchange(sessions.mintToken()) ?? ''
  const good = {
    host: `127.0.0.1:${http.port}`,
    origin: http.origin,
    authorization: `Bearer ${bearer}`,
    'content-type': 'application/json',
    'sec-fetch-site': 'same-origin',
  }
  return { port: http.port, http, sessions, bearer, good, folder }
}

/** A window of a few files, and one beside it that must never be served. */
export function rendererFolder(): string {
  const outer = tempFolder()
  const folder = join(outer, 'renderer')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(outer, 'secret.txt'), 'not for the browser')
  writeFileSync(join(folder, 'index.html'), '<meta name="style-nonce" content="__STYLE_NONCE__"><title>Window</title>')
  writeFileSync(join(folder, 'assets', 'index-1a2b3c4d.js'), 'export {}')
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>')
  writeFileSync(join(folder, 'index.js.map'), '{}')
  return folder
}

/** Signs in with a link's token as the page does. */
export function signIn({ port, good }: SecuredHost, token: unknown) {
  const { authorization: _, ...headers } = good
  return sendRaw(port, { method: 'POST', path: '/session', headers, body: JSON.stringify({ t: token }) })
}
