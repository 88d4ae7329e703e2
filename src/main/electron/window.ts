/** The window: no Node, isolated, sandboxed, and it goes nowhere but to the host it was opened for. */
import { BrowserWindow, type Session, type WebPreferences } from 'electron'

export const securePreferences = {
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
} as const satisfies WebPreferences

export function openWindow(address: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 860,
    title: 'Patchbay',
    autoHideMenuBar: true,
    webPreferences: securePreferences,
  })
  const origin = new URL(address).origin
  const stay = (event: { preventDefault: () => void }, url: string): void => {
    if (!isSameOrigin(url, origin)) event.preventDefault()
  }
  window.webContents.on('will-navigate', (event) => stay(event, event.url))
  window.webContents.on('will-redirect', (event) => stay(event, event.url))
  window.webContents.on('will-frame-navigate', (event) => stay(event, event.url))
  window.webContents.on('will-attach-webview', (event) => event.preventDefault())
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  void window.loadURL(address)
  return window
}

/** Electron grants every permission unless told otherwise. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}

function isSameOrigin(url: string, origin: string): boolean {
  return URL.canParse(url) && new URL(url).origin === origin
}
