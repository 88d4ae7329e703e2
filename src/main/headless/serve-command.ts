/** Reads the command line of the headless host and serves until it is told to stop. */
import { parseArgs } from 'node:util'
import { dataFolderOf } from '#main/app/host/files/data-folder.ts'
import { logLine } from '#main/app/host/log-line.ts'
import { systemClock } from '#main/rpc/clock.ts'
import { AppError, errorInfoOf } from '#shared/errors.ts'
import type { HostFiles } from './host-files.ts'
import { type ServeOptions, serve } from './serve.ts'

const wrongUse = 2
const internalError = 4

/** Answers the exit code: 0 stopped cleanly, 2 a person must act, 4 a bug. */
export async function serveFromCommandLine(args: readonly string[], files: HostFiles): Promise<number> {
  try {
    await serve(readOptions(args, files))
    return 0
  } catch (thrown) {
    const error = errorInfoOf(thrown)
    const { kind, code, message, kept, next, details } = error
    const technical = Object.entries(details ?? {}).map(([name, value]) => `${name}: ${value}`)
    const lines = [message, kept, next, `Details: ${[code, ...technical].join(', ')}`]
    if (args.includes('--json')) printJson({ error })
    else process.stderr.write(`${lines.filter((line) => line !== undefined).join('\n')}\n`)
    return kind === 'bug' ? internalError : wrongUse
  }
}

function printJson(facts: object): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`)
}

function readOptions(args: readonly string[], files: HostFiles): ServeOptions {
  const { values, positionals } = parsed(args)
  if (positionals.some((word) => word !== 'serve')) throw wrongOption(`"${positionals.join(' ')}" is not known here`)
  return {
    ...files,
    dataFolder: dataFolderOf(process.env, process.platform, values.data),
    isOpening: values.open === true,
    clock: systemClock,
    log: (message, details) => process.stderr.write(logLine(message, details)),
    print: values.json ? (_line, facts) => facts && printJson(facts) : (line) => process.stdout.write(`${line}\n`),
    ...(values.port === undefined ? {} : { port: portOf(values.port) }),
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        open: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    })
  } catch (thrown) {
    throw wrongOption(thrown instanceof Error ? thrown.message : String(thrown))
  }
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port >= 1 && port <= 65_535) return port
  throw wrongOption(`--port takes a number from 1 to 65535, not "${text}"`)
}

function wrongOption(problem: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'bad-option',
    message: `Patchbay was started wrongly: ${problem}.`,
    kept: 'Nothing was opened and nothing has changed.',
    next: 'These are known: serve, --port <number>, --data <folder>, --open, --json.',
  })
}
