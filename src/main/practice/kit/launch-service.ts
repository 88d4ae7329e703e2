/**
 * Starts a practice service in a process of its own and waits until it is ready. Used by the app, by the
 * `patchbay practice` command and by tests; the child ends with its parent, whatever happens to the parent.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { AppError, type ErrorInfo } from '#shared/errors.ts'

export interface LaunchSettings {
  /** The script of the service: its `serve.ts`, or what the build made of it. */
  readonly entry: string
  readonly args: readonly string[]
  /** The Node to run it with; the one that runs now, unless told. */
  readonly execPath?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly readyTimeoutMs?: number
}

export interface LaunchedService {
  /** Of a process of our own; one that the host started is the host's. */
  readonly pid?: number
  readonly port: number
  readonly token: string
  readonly baseUrl: string
  /** Clean stop; resolves when the process is gone. */
  readonly stop: () => Promise<void>
  /** SIGKILL, as a power cut would; resolves when the process is gone. */
  readonly kill: () => Promise<void>
  /** Resolves when the process is gone, for whatever reason. */
  readonly exited: Promise<void>
}

/** A small young generation keeps the process small; a practice service answers small requests. */
const nodeFlags = ['--max-semi-space-size=4']

/** Throws AppError: what the service said (e.g. config, `practice-folder-in-use`), or transient `practice-not-started`. */
export async function launchService(settings: LaunchSettings): Promise<LaunchedService> {
  const child = spawn(
    settings.execPath ?? process.execPath,
    [...nodeFlags, settings.entry, ...settings.args, '--with-parent'],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...settings.env },
    },
  )
  child.stdin.on('error', () => undefined)
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const ready = await firstLine(child, settings.readyTimeoutMs ?? 15_000).catch(async (thrown: unknown) => {
    child.kill('SIGKILL')
    await exited
    throw thrown
  })
  const end = (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal)
    return exited
  }
  return {
    // A child that has written its ready line was spawned and has a pid.
    pid: child.pid ?? 0,
    ...ready,
    baseUrl: `http://127.0.0.1:${ready.port}/v1`,
    stop: () => {
      // Ending stdin is the clean stop on every system; Windows would turn SIGTERM into a kill.
      child.stdin.end()
      return exited
    },
    kill: () => end('SIGKILL'),
    exited,
  }
}

function firstLine(child: ChildProcessWithoutNullStreams, timeoutMs: number): Promise<{ port: number; token: string }> {
  return new Promise((resolve, reject) => {
    let out = ''
    let errors = ''
    const timer = setTimeout(() => reject(notStarted(errors)), timeoutMs)
    const settle = (finish: () => void): void => {
      clearTimeout(timer)
      finish()
    }
    child.stdout.on('data', (chunk: Buffer) => {
      if (out.includes('\n')) return
      out += chunk.toString()
      if (out.includes('\n')) settle(() => resolve(parseReady(out)))
    })
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-2_000)
    })
    child.once('error', (cause) => settle(() => reject(notStarted(cause.message))))
    child.once('close', () => settle(() => reject(notStarted(errors))))
  })
}

function parseReady(out: string): { port: number; token: string } {
  // The line is written by run-service.ts of the same version.
  return JSON.parse(out.slice(0, out.indexOf('\n'))) as { port: number; token: string }
}

/** The ready line as a message; null for anything else, such as the error of a service that did not start. */
export function readReady(message: unknown): { port: number; token: string } | null {
  if (typeof message !== 'object' || message === null || !('port' in message) || !('token' in message)) return null
  const { port, token } = message
  return typeof port === 'number' && typeof token === 'string' ? { port, token } : null
}

/** With the words of the service, where `errors` holds them as run-service.ts writes them. */
export function notStarted(errors: string): AppError {
  const told = toldError(errors)
  if (told) return new AppError(told)
  return new AppError({
    kind: 'transient',
    code: 'practice-not-started',
    message: 'The practice service did not start.',
    kept: 'Your integrations and data are untouched.',
    next: 'Try again. If it happens again, copy the details and report them.',
    details: { technical: errors.slice(-500) },
  })
}

function toldError(errors: string): ErrorInfo | null {
  const line = errors.split('\n').find((candidate) => candidate.startsWith('{"error":'))
  if (!line) return null
  try {
    // Written by run-service.ts of the same version.
    return (JSON.parse(line) as { error: ErrorInfo }).error
  } catch {
    return null
  }
}
