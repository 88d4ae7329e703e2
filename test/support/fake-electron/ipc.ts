/** Messages between pages and the main process, copied as Electron copies them (structured clone). */
import { EventEmitter } from 'node:events'
import type { FakeContents, FakeFrame } from './window.ts'

export interface SentBy {
  readonly sender: FakeContents
  readonly senderFrame: FakeFrame | null
}

type Handler = (event: SentBy, ...args: unknown[]) => unknown

class FakeIpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`a second handler for ${channel}`)
    this.handlers.set(channel, handler)
  }

  async invoke(channel: string, event: SentBy, args: readonly unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel)
    if (!handler) throw new Error(`no handler for ${channel}`)
    return structuredClone(await handler(event, ...structuredClone(args)))
  }
}

export const ipcMain = new FakeIpcMain()

/** `ipcRenderer` of one page: its messages carry that page's frame. */
export class FakeIpcRenderer extends EventEmitter {
  readonly contents: FakeContents

  constructor(contents: FakeContents) {
    super()
    this.contents = contents
    contents.toPage = (channel, ...args) => this.emit(channel, { sender: this }, ...structuredClone(args))
  }

  private by(): SentBy {
    return { sender: this.contents, senderFrame: this.contents.mainFrame }
  }

  send(channel: string, ...args: unknown[]): void {
    const [sent, by] = [structuredClone(args), this.by()]
    queueMicrotask(() => ipcMain.emit(channel, by, ...sent))
  }

  invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    return ipcMain.invoke(channel, this.by(), args)
  }
}
