/** Utility processes that are real: processes of Node whose `process.parentPort` is made by parent-port.ts. */
import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import { record } from './record.ts'

interface ForkOptions {
  readonly serviceName?: string
  readonly execArgv?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

const parentPort = fileURLToPath(new URL('./parent-port.ts', import.meta.url))

export class FakeUtility extends EventEmitter {
  readonly path: string
  readonly args: readonly string[]
  readonly options: ForkOptions
  readonly child: ChildProcess
  /** The messages that were posted to it. */
  readonly said: object[] = []
  hasEnded = false

  constructor(path: string, args: readonly string[], options: ForkOptions) {
    super()
    this.path = path
    this.args = args
    this.options = options
    this.child = fork(path, [...args], {
      execArgv: ['--import', parentPort, ...(options.execArgv ?? [])],
      env: options.env ?? process.env,
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.child.on('message', (message) => this.emit('message', message))
    this.child.once('exit', (code) => {
      this.hasEnded = true
      this.emit('exit', code ?? 1)
    })
  }

  postMessage(message: object): void {
    this.said.push(message)
    if (this.child.connected) this.child.send(message, () => undefined)
  }

  kill(): boolean {
    return this.child.kill('SIGKILL')
  }
}

export const utilityProcess = {
  fork: (path: string, args: readonly string[] = [], options: ForkOptions = {}): FakeUtility => {
    const utility = new FakeUtility(path, args, options)
    record.forks.push(utility)
    return utility
  },
}
