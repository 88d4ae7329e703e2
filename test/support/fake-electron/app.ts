/** The app: its life from before "ready" to quitting, as Electron plays it. */
import { EventEmitter } from 'node:events'
import { answers, record } from './record.ts'

class FakeApp extends EventEmitter {
  readonly name = 'Patchbay'
  private ready = Promise.withResolvers<void>()

  get isPackaged(): boolean {
    return answers.isPackaged
  }
  enableSandbox(): void {
    record.isSandboxed = true
    record.beforeReady.push('sandbox')
  }
  setAppUserModelId(id: string): void {
    record.beforeReady.push(id)
  }
  setPath(name: string, path: string): void {
    record.paths[name] = path
  }
  getPath(name: string): string {
    return record.paths[name] ?? '/nowhere'
  }
  requestSingleInstanceLock(): boolean {
    record.beforeReady.push('single instance')
    return answers.isFirstInstance
  }
  /** The driver lets it become ready, after the first script has run. */
  becomeReady(): void {
    this.ready.resolve()
  }
  whenReady(): Promise<void> {
    return this.ready.promise
  }
  quit(): void {
    let isPrevented = false
    this.emit('before-quit', {
      preventDefault: () => {
        isPrevented = true
      },
    })
    record.hasQuit = !isPrevented
    if (!isPrevented) this.emit('quit')
  }
  exit(code: number): void {
    record.exitCode = code
    record.hasQuit = true
    this.emit('quit')
  }
}

export const app = new FakeApp()
