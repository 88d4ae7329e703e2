/** Runs the built command line in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { tempFolder } from '../support/temp-folder.ts'

export interface CommandEnd {
  readonly code: number
  readonly out: string
  readonly err: string
  /** What was printed with --json. */
  readonly json: Json
}

/** Printed by our own command line; tests say what they expect of it. */
// biome-ignore lint/suspicious/noExplicitAny: the shape differs by command, and each test asserts it.
type Json = any

export interface CommandLine {
  readonly dataFolder: string
  readonly env: Readonly<Record<string, string>>
  /** Runs with --json and --data. */
  readonly run: (...args: readonly string[]) => Promise<CommandEnd>
  readonly runWith: (stdin: string, ...args: readonly string[]) => Promise<CommandEnd>
  /** Runs as a person would: without --json. */
  readonly say: (...args: readonly string[]) => Promise<CommandEnd>
  /** Starts the headless host on the same data folder; ends with the test. */
  readonly serve: () => Promise<ChildProcess>
  /** Starts a command that stays; resolves with its first output. Ends with the test. */
  readonly stay: (...args: readonly string[]) => Promise<ChildProcess>
}

const built = (name: string): string => fileURLToPath(new URL(`../../out/main/${name}.js`, import.meta.url))

/** A command line with a data folder of its own, whose vault is opened by a passphrase file. */
export function commandLine(): CommandLine {
  const dataFolder = tempFolder()
  const passphraseFile = join(dataFolder, 'passphrase')
  writeFileSync(passphraseFile, 'a passphrase for this test\n', { mode: 0o600 })
  const env = { PATCHBAY_PASSPHRASE_FILE: passphraseFile }
  const start = (script: string, args: readonly string[]): ChildProcess =>
    spawn(process.execPath, [built(script), ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })

  const end = async (stdin: string, args: readonly string[]): Promise<CommandEnd> => {
    const child = start('cli', args)
    child.stdin?.end(stdin)
    const [out, err, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'close')])
    return { code: Number(code), out, err, json: parsed(out) }
  }

  return {
    dataFolder,
    env,
    run: (...args) => end('', [...args, '--json', '--data', dataFolder]),
    runWith: (stdin, ...args) => end(stdin, [...args, '--json', '--data', dataFolder]),
    say: (...args) => end('', [...args, '--data', dataFolder]),
    serve: () => staying(start('headless', ['serve', '--data', dataFolder])),
    stay: (...args) => staying(start('cli', [...args, '--json', '--data', dataFolder])),
  }
}

async function staying(child: ChildProcess): Promise<ChildProcess> {
  onTestFinished(async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  await once(child.stdout ?? child, 'data')
  return child
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = ''
  for await (const chunk of stream ?? []) text += String(chunk)
  return text
}

function parsed(out: string): Json {
  try {
    return JSON.parse(out)
  } catch {
    return undefined
  }
}
