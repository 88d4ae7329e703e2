/** Windows and what they show. A loaded page gets what its preload exposes, in `contents.exposed`. */
import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import { loadPreload } from './load-preload.ts'
import { record } from './record.ts'

export interface FakeFrame {
  url: string
  parent: FakeFrame | null
  detached: boolean
}

interface WindowOptions {
  readonly webPreferences: Record<string, unknown>
  readonly width?: number
  readonly height?: number
}

export class FakeContents extends EventEmitter {
  readonly mainFrame: FakeFrame = { url: '', parent: null, detached: false }
  openHandler: ((details: { url: string }) => { action: string }) | undefined
  exposed: Record<string, unknown> = {}
  toPage: (channel: string, ...args: unknown[]) => void = () => undefined
  isGone = false

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
  send(channel: string, ...args: unknown[]): void {
    this.toPage(channel, ...args)
  }
  isDestroyed(): boolean {
    return this.isGone
  }
  async printToPDF(options: unknown): Promise<Buffer> {
    record.printed.push(options)
    return Buffer.from('%PDF-1.7 fake')
  }
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly options: WindowOptions
  readonly loads: string[] = []
  isShown = true
  isBig = false

  constructor(options: WindowOptions) {
    super()
    this.options = options
    record.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string): Promise<void> {
    const isSamePage = this.webContents.mainFrame.url.split('#')[0] === url.split('#')[0]
    this.webContents.mainFrame.url = url
    this.loads.push(url)
    const { preload } = this.options.webPreferences
    if (!isSamePage && typeof preload === 'string') this.webContents.exposed = loadPreload(preload, this.webContents)
  }
  close(): void {
    this.emit('close', {})
    this.destroy()
  }
  destroy(): void {
    this.webContents.isGone = true
    this.webContents.emit('destroyed')
    this.emit('closed')
    app.emit('window-all-closed')
  }
  getNormalBounds() {
    return { x: 10, y: 20, width: this.options.width ?? 0, height: this.options.height ?? 0 }
  }
  isMaximized(): boolean {
    return this.isBig
  }
  maximize(): void {
    this.isBig = true
  }
  isMinimized(): boolean {
    return false
  }
  restore(): void {}
  show(): void {
    this.isShown = true
  }
  focus(): void {}
}
