/** The headless host as a process of its own, with the test core, on folders of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { createSession, type Session } from '#renderer/rpc/session.ts'
import { testPage } from '#test/parity/transports.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

export interface Place {
  readonly dataFolder: string
  readonly env: NodeJS.ProcessEnv
  readonly runtime: string
}

export interface HostProcess {
  readonly child: ChildProcess
  /** What it has written so far, both streams. */
  readonly text: () => string
  /** The first link it prints; rejects when it ends before. */
  readonly link: Promise<string>
  readonly exitCode: Promise<number | null>
}

/** A data folder and a private folder for sockets, which two processes may share. */
export function hostPlace(rendererFolder = ''): Place {
  const folder = tempFolder()
  const runtime = join(folder, 'run')
  mkdirSync(runtime, { mode: 0o700 })
  const env = { ...process.env, XDG_RUNTIME_DIR: runtime, TEST_RENDERER: rendererFolder }
  return { dataFolder: join(folder, 'data'), env, runtime }
}

const entry = fileURLToPath(new URL('../support/host/serve-test-host.ts', import.meta.url))

export function startHostProcess(place: Place, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): HostProcess {
  const child = spawn(process.execPath, [entry, 'serve', '--data', place.dataFolder, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...place.env, ...env },
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let text = ''
  const exitCode = once(child, 'close').then(([code]) => code as number | null)
  const link = new Promise<string>((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      text += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+\/#t=[\w-]+/.exec(text)?.[0]
      if (found) resolve(found)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    void exitCode.then((code) => reject(new Error(`the host ended with ${code}: ${text}`)))
  })
  // A test may wait for the end only.
  link.catch(() => undefined)
  return { child, text: () => text, link, exitCode }
}

/** Opens the link as a page would. */
export async function openLink(link: string): Promise<{ readonly session: Session; readonly state: string }> {
  const [origin = '', token = null] = link.split('/#t=')
  const session = createSession(testPage(origin, token))
  return { session, state: await session.open() }
}
