/** The one window: made when it is wanted, gone when it is closed; the work goes on without it and its memory is free. */
import { app, BrowserWindow, type Session, screen, type WebContents } from 'electron'
import { startAddress } from './own-address.ts'
import { securePreferences } from './secure-preferences.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

export interface MainWindow {
  /** Brings it to the front; makes it first where there is none. `route` is a screen such as '/runs/1'. */
  readonly show: (route?: string) => void
  readonly isOurs: (contents: WebContents) => boolean
  readonly current: () => BrowserWindow | null
}

export interface MainWindowParts {
  readonly session: Session
  readonly preload: string
  readonly icon: string
  readonly stateFile: string
  /** Windows ends: of a window it says so, of an app without one it does not. */
  readonly onSessionEnd: () => void
  /** Told when a person has closed it. */
  readonly onClosed: () => void
}

const usualSize = { width: 1280, height: 860 }

export function createMainWindow(parts: MainWindowParts): MainWindow {
  let window: BrowserWindow | null = null
  const make = (route: string): void => {
    const made = openWindow(parts, route)
    window = made
    made.once('session-end', parts.onSessionEnd)
    made.once('closed', () => {
      window = null
      parts.onClosed()
    })
  }
  return {
    show: (route) => {
      if (!window) return make(route ?? '/')
      if (route) void window.loadURL(`${startAddress}#${route}`)
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    isOurs: (contents) => window !== null && window.webContents === contents,
    current: () => window,
  }
}

function openWindow({ session, preload, icon, stateFile }: MainWindowParts, route: string): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea)
  const { isMaximized, ...area } = readWindowState(stateFile, screens) ?? { ...usualSize, isMaximized: false }
  const window = new BrowserWindow({
    ...area,
    minWidth: 380,
    minHeight: 400,
    title: 'Patchbay',
    icon,
    autoHideMenuBar: true,
    webPreferences: { ...securePreferences, devTools: !app.isPackaged, session, preload },
  })
  if (isMaximized) window.maximize()
  window.on('close', () =>
    writeWindowState(stateFile, { ...window.getNormalBounds(), isMaximized: window.isMaximized() }),
  )
  // A page that crashed shows nothing any more: it goes, and is made anew when it is wanted.
  window.webContents.on('render-process-gone', () => window.destroy())
  void window.loadURL(`${startAddress}#${route}`)
  return window
}
