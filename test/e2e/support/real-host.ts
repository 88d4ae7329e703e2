/** The real headless host in a process of its own, with an empty data folder, serving the window that was just built. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RealHost {
  /** For one use. */
  readonly link: string
  readonly folder: string
  /** A further link, as a second start on the same folder gives it. */
  readonly newLink: () => Promise<string>
  readonly stop: () => Promise<void>
}

/** Without a keychain the vault opens by a passphrase in a file, as on a server; or a person has to choose one. */
export async function startRealHost(passphrase: 'in a file' | 'not chosen yet' = 'in a file'): Promise<RealHost> {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-e2e-'))
  const passphraseFile = join(folder, 'passphrase')
  writeFileSync(passphraseFile, 'four random words\n', { mode: 0o600 })
  const start = (): ChildProcess =>
    spawn(process.execPath, [join(import.meta.dirname, 'start-host.ts'), join(folder, 'data')], {
      env:
        passphrase === 'in a file' ? { ...process.env, PATCHBAY_PASSPHRASE_FILE: passphraseFile } : withoutKeychain(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const child = start()
  const stop = async (): Promise<void> => {
    await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    return { link: await linkOf(child), folder, newLink: () => linkOf(start()), stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

/** A computer without a keychain: no message bus to reach one. */
export function withoutKeychain(): NodeJS.ProcessEnv {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, XDG_RUNTIME_DIR: _runtime, ...env } = process.env
  return env
}

function linkOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += String(chunk)
    })
    child.stdout?.on('data', (chunk) => {
      said += String(chunk)
      const link = /http:\S+#t=\S+/.exec(said)?.[0]
      if (link) resolve(link)
    })
    child.on('exit', (code) => reject(new Error(`the host ended with ${code}: ${said.slice(0, 2_000)}`)))
  })
}

/** Asks it to stop, and ends it by force when it does not within five seconds. */
function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 5_000)
    child.on('exit', () => {
      clearTimeout(force)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
