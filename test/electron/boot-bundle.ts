/** Boots the built bundle in a process of its own and answers what a scenario saw (boot-scenario.ts). */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readReport } from './scenario-kit.ts'

/** Made by our own scenarios; tests say what they expect of it. */
// biome-ignore lint/suspicious/noExplicitAny: the shape differs by scenario, and each test asserts it.
type Facts = any

export interface BootOptions {
  /** Texts of the bundle and what to put in their place: how a test shows that it would notice. */
  readonly changes?: readonly (readonly [string, string])[]
  /** The first script of another copy of the bundle. */
  readonly index?: string
  /** Before the start, in the data folder. */
  readonly prepare?: (dataFolder: string) => void
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export async function bootBundle(scenario: string, { changes = [], index, prepare }: BootOptions = {}): Promise<Facts> {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-boot-'))
  try {
    prepare?.(folder)
    const passphrase = join(folder, 'passphrase')
    writeFileSync(passphrase, 'four random words\n', { mode: 0o600 })
    const env = {
      ...process.env,
      PATCHBAY_PASSPHRASE_FILE: passphrase,
      ...(index === undefined ? {} : { PATCHBAY_TEST_INDEX: index }),
      PATCHBAY_TEST_CHANGES: JSON.stringify(changes),
    }
    const args = [
      '--report-exclude-network',
      '--import',
      here('../support/fake-electron/hook.ts'),
      here('./boot-scenario.ts'),
      folder,
      scenario,
    ]
    const { output, code } = await run(args, env)
    const facts = readReport(output)
    if (facts === undefined || output.includes('nothing in the bundle reads'))
      throw new Error(`the scenario ended with ${code}:\n${output.slice(-4_000)}`)
    return facts
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ output: string; code: number | null }> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  return new Promise((resolve) => child.once('close', (code) => resolve({ output, code })))
}
