/** Runs in the window's sandbox before the page: hands it the bridge, and nothing of Electron itself. */
import { contextBridge, ipcRenderer } from 'electron'
import { type DesktopBridge, desktopChannels, pageLoaded } from '#shared/desktop-bridge.ts'

const { core, desktop } = desktopChannels

const bridge: DesktopBridge = {
  post: (message) => ipcRenderer.send(core, message),
  onMessage: (listener) => {
    // Without the event: through it the page would reach Electron.
    ipcRenderer.on(core, (_event, message: unknown) => listener(message))
  },
  saveText: (input) => ipcRenderer.invoke(desktop, 'save-text', input),
  savePageAsPdf: (input) => ipcRenderer.invoke(desktop, 'save-page-as-pdf', input),
  choosePath: (input) => ipcRenderer.invoke(desktop, 'choose-path', input),
}

ipcRenderer.send(core, pageLoaded)
contextBridge.exposeInMainWorld('patchbay', bridge)
