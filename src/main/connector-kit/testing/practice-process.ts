/**
 * For tests: a real practice service in a process of its own, and a connection to it through the kit's real HTTP client.
 * The service is started by its path, because a connector shares no code with the service it speaks to.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { OpenConnection } from '#shared/model/connected.ts'
import type { Connector } from '../define-connector.ts'
import { createHttpClient } from '../http-client.ts'

const readyLine = z.object({ port: z.number(), token: z.string() })

export interface PracticeProcess {
  readonly port: number
  readonly token: string
  /** Settings as in the service's README; {} takes all faults away. */
  readonly setFaults: (settings: object) => Promise<void>
  /** GET of a harness path: '/_stats', '/_writes?limit=10'. */
  readonly inspect: (path: string) => Promise<unknown>
  /** SIGKILL, then a new start on the same folder and port. */
  readonly killAndRestart: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** `serveScript`: the path of the service's serve.ts. */
export async function startPractice(serveScript: string): Promise<PracticeProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'practice-service-'))
  let child = spawnService(serveScript, folder, 0)
  const { port, token } = await readyOf(child)
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`http://127.0.0.1:${port}/v1${path}`, {
      method,
      headers,
      body: body ? JSON.stringify(body) : null,
    })
    return answer.json()
  }
  return {
    port,
    token,
    setFaults: async (settings) => void (await call('PUT', '/_faults', settings)),
    inspect: (path) => call('GET', path),
    killAndRestart: async () => {
      await killed(child)
      child = spawnService(serveScript, folder, port)
      await readyOf(child)
    },
    stop: async () => {
      await killed(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A process that has ended already sends no `exit` any more: waiting for it would never end. */
async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

function spawnService(serveScript: string, folder: string, port: number): ChildProcess {
  const args = [serveScript, '--data', folder, '--port', String(port), '--rate', '0', '--faults', '{}', '--with-parent']
  return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
}

async function readyOf(child: ChildProcess): Promise<z.infer<typeof readyLine>> {
  if (!child.stdout) throw new Error('the practice service has no stdout')
  const [line] = await once(createInterface(child.stdout), 'line')
  return readyLine.parse(JSON.parse(String(line)))
}

/** Opens the connector as the app does, on the real clock. */
export function openPractice<Config>(
  connector: Connector<Config>,
  { port, token }: { readonly port: number; readonly token: string },
  timeoutMs = 5_000,
): Promise<OpenConnection> {
  const clock = {
    now: () => Date.now(),
    sleep: async (durationMs: number, signal?: AbortSignal) => {
      await sleep(durationMs, undefined, signal ? { signal } : {})
    },
  }
  return connector.open({
    config: connector.config.parse({ baseUrl: `http://127.0.0.1:${port}` }),
    secrets: { token },
    clock,
    http: (settings) =>
      createHttpClient({ clock, random: () => 0, settings: { timeoutMs, ...settings }, secrets: [token] }),
    stateFolder: tmpdir(),
    log: () => undefined,
  })
}
