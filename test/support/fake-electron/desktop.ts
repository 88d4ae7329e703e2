/** Tray, menus, dialogs, notifications, screens and power. */
import { EventEmitter } from 'node:events'
import { answers, type MenuItem, record } from './record.ts'

export const Menu = {
  buildFromTemplate: (items: readonly MenuItem[]) => items,
  setApplicationMenu: (items: readonly MenuItem[]) => {
    record.menu = items
  },
}

export const nativeImage = { createFromPath: (path: string) => path }

export class Tray extends EventEmitter {
  private readonly shown: (typeof record.trays)[number]
  constructor(image: string) {
    super()
    this.shown = { image, toolTip: '', items: [], isGone: false }
    record.trays.push(this.shown)
  }
  setToolTip(text: string): void {
    this.shown.toolTip = text
  }
  setContextMenu(items: readonly MenuItem[]): void {
    this.shown.items = items
  }
  destroy(): void {
    this.shown.isGone = true
  }
}

export class Notification extends EventEmitter {
  private readonly words: { title: string; body: string }
  static isSupported(): boolean {
    return true
  }
  constructor(words: { title: string; body: string }) {
    super()
    this.words = words
  }
  show(): void {
    record.notifications.push({ ...this.words, click: () => this.emit('click') })
  }
}

export const dialog = {
  showErrorBox: (_title: string, text: string) => void record.errors.push(text),
  showMessageBox: async () => ({ response: answers.button }),
  showSaveDialog: async () => ({ canceled: answers.savePath === null, filePath: answers.savePath ?? '' }),
  showOpenDialog: async () => ({
    canceled: answers.openPath === null,
    filePaths: answers.openPath === null ? [] : [answers.openPath],
  }),
}

export const shell = {
  openExternal: async (url: string) => void record.opened.push(url),
}

export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] }

export const powerMonitor = new EventEmitter()

let lastBlocker = 0
export const powerSaveBlocker = {
  start: (_kind: string) => {
    lastBlocker += 1
    record.blockers.add(lastBlocker)
    return lastBlocker
  },
  stop: (id: number) => record.blockers.delete(id),
}
