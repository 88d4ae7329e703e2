/** Stands between Patchbay and a service: counts requests, their methods, and those that come although it has asked for silence. */
import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface SilenceProxy {
  readonly baseUrl: string
  /** Times the service asked for silence, and requests that came within it. */
  readonly counts: () => {
    readonly silences: number
    readonly within: number
    readonly requests: number
    /** Methods that were used, in order. */
    readonly methods: readonly string[]
  }
}

/** What was on its way when the answer with Retry-After left the service could not know of it. */
const onItsWayMs = 150

export async function silenceProxy(targetUrl: string): Promise<SilenceProxy> {
  const target = new URL(targetUrl)
  let [silences, within, requests] = [0, 0, 0]
  let [askedMs, untilMs] = [0, 0]
  const methods = new Set<string>()
  const server = createServer((incoming, outgoing) => {
    const nowMs = Date.now()
    requests += 1
    methods.add(incoming.method ?? '')
    if (nowMs > askedMs + onItsWayMs && nowMs < untilMs) within += 1
    const { method, headers, url = '/' } = incoming
    const onward = ask(
      { host: target.hostname, port: target.port, path: url, method, headers: { ...headers, host: target.host } },
      (answer) => {
        const seconds = Number(answer.headers['retry-after'] ?? 0)
        if (answer.statusCode === 429 && seconds > 0) {
          silences += 1
          askedMs = Date.now()
          untilMs = Math.max(untilMs, askedMs + seconds * 1000)
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}${target.pathname}`,
    counts: () => ({ silences, within, requests, methods: [...methods].sort() }),
  }
}
