/** A stand-in for the electron module: records what the real bundle asks of it. Electron itself cannot run where tests run. */
import { EventEmitter } from 'node:events'

export const record = {
  isSandboxed: false,
  windows: [] as FakeWindow[],
  forks: [] as { path: string; args: readonly string[] }[],
  errors: [] as string[],
  hasQuit: false,
}

class FakeContents extends EventEmitter {
  openHandler: (() => { action: string }) | undefined
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler
  }
}

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly options: { webPreferences: Record<string, unknown> }
  url = ''
  constructor(options: { webPreferences: Record<string, unknown> }) {
    super()
    this.options = options
    record.windows.push(this)
  }
  loadURL(url: string): Promise<void> {
    this.url = url
    return Promise.resolve()
  }
  restore(): void {}
  focus(): void {}
}

export class FakeHost extends EventEmitter {
  readonly stdout = new EventEmitter()
  readonly stderr = new EventEmitter()
  isKilled = false
  kill(): boolean {
    this.isKilled = true
    return true
  }
}

export const hosts: FakeHost[] = []

class FakeApp extends EventEmitter {
  enableSandbox(): void {
    record.isSandboxed = true
  }
  requestSingleInstanceLock(): boolean {
    return true
  }
  whenReady(): Promise<void> {
    return Promise.resolve()
  }
  quit(): void {
    record.hasQuit = true
  }
}

class FakeSession extends EventEmitter {
  request: ((contents: unknown, permission: string, callback: (granted: boolean) => void) => void) | undefined
  check: (() => boolean) | undefined
  device: (() => boolean) | undefined
  setPermissionRequestHandler(handler: FakeSession['request']): void {
    this.request = handler
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.check = handler
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler
  }
}

export const app = new FakeApp()
export const session = { defaultSession: new FakeSession() }
export const BrowserWindow = FakeWindow
export const dialog = { showErrorBox: (_title: string, text: string) => void record.errors.push(text) }
export const utilityProcess = {
  fork: (path: string, args: readonly string[]): FakeHost => {
    record.forks.push({ path, args })
    const host = new FakeHost()
    hosts.push(host)
    return host
  },
}
