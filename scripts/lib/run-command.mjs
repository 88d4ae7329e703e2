/**
 * Starts programs for the scripts: quiet ones whose output is kept for the failure text, and foreground ones that
 * own the terminal. Both pass on the request to stop and end what they started.
 */
import { spawn } from 'node:child_process'
import { durationText, say } from './project.mjs'

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeLimitMs] the program is ended after this
 * @property {string} [progress] what it does, for a line every few seconds ("installing packages")
 * @property {number} [progressEveryMs]
 * @property {boolean} [isShown] its output goes to the terminal at once (stderr) as well as into the result
 * @property {(pid: number | undefined) => void} [onPid]
 */
/** @typedef {{ code: number, output: string, durationMs: number, hasTimedOut: boolean }} CommandResult */

const keptOutputChars = 400_000

/**
 * Runs a program to its end without a terminal. Never throws: one that can not be started has code 127.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<CommandResult>}
 */
export function runQuietly(program, args, options = {}) {
  const startedAt = performance.now()
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  options.onPid?.(child.pid)
  const stopForwarding = forwardSignals(child)
  const limit = startLimit(child, options.timeLimitMs)
  const ticking = startProgress(options, startedAt)
  let output = ''
  /** @param {Buffer} chunk */
  const keep = (chunk) => {
    output = (output + chunk).slice(-keptOutputChars)
    if (options.isShown) process.stderr.write(chunk)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return new Promise((resolve) => {
    /** @param {number} code */
    const finish = (code) => {
      stopForwarding()
      clearInterval(ticking)
      clearTimeout(limit.timer)
      options.onPid?.(undefined)
      resolve({ code, output, durationMs: performance.now() - startedAt, hasTimedOut: limit.hasFired() })
    }
    child.once('error', (error) => {
      output += String(error)
      finish(127)
    })
    child.once('close', (code) => finish(code ?? 1))
  })
}

/**
 * Runs a program that owns the terminal and resolves with how it ended.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeLimitMs?: number }} [options]
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null, ranMs: number }>}
 */
export function runInForeground(program, args, options = {}) {
  const startedAt = performance.now()
  const child = spawn(program, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: 'inherit' })
  const stopForwarding = forwardSignals(child)
  const limit = startLimit(child, options.timeLimitMs)
  return new Promise((resolve) => {
    /** @param {number} code @param {NodeJS.Signals | null} signal */
    const finish = (code, signal) => {
      stopForwarding()
      clearTimeout(limit.timer)
      if (limit.hasFired()) say(`ended after ${durationText(performance.now() - startedAt)}: it took too long.`)
      resolve({ code, signal, ranMs: performance.now() - startedAt })
    }
    child.once('error', (error) => {
      say(`could not start ${program}: ${error.message}`)
      finish(127, null)
    })
    child.once('close', (code, signal) => finish(code ?? exitCodeOf(signal), signal))
  })
}

/** What a shell reports for a program ended by a signal. @param {NodeJS.Signals | null} signal */
function exitCodeOf(signal) {
  /** @type {Partial<Record<NodeJS.Signals, number>>} */
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGTRAP: 5, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }
  return 128 + ((signal && numbers[signal]) ?? 0)
}

let hasBeenStopped = false

/** Whether somebody asked to stop while a program ran: what it did then is no verdict, and nothing more is started. */
export function wasStopped() {
  return hasBeenStopped
}

/**
 * Ctrl+C in a terminal reaches the child by itself; passed on once more it would look like a second, impatient one.
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    hasBeenStopped = true
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child.kill(signal)
  }
  for (const signal of signals) process.on(signal, forward)
  return () => {
    for (const signal of signals) process.off(signal, forward)
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number | undefined} limitMs
 */
function startLimit(child, limitMs) {
  let hasFired = false
  const fire = () => {
    hasFired = true
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 5_000).unref()
  }
  return { timer: limitMs === undefined ? undefined : setTimeout(fire, limitMs), hasFired: () => hasFired }
}

/**
 * @param {CommandOptions} options
 * @param {number} startedAt
 */
function startProgress({ progress, progressEveryMs = 5_000 }, startedAt) {
  if (progress === undefined) return undefined
  return setInterval(() => say(`still ${progress}, ${durationText(performance.now() - startedAt)}`), progressEveryMs)
}
