/**
 * A stand-in for the electron module: plays what the host asks of it and records it. Electron itself cannot run where
 * tests run. Its utility processes are real processes, its pages run the real preload.
 */
import { record } from './record.ts'

export { app } from './app.ts'
export {
  dialog,
  Menu,
  Notification,
  nativeImage,
  powerMonitor,
  powerSaveBlocker,
  screen,
  shell,
  Tray,
} from './desktop.ts'
export { ipcMain } from './ipc.ts'
export { session } from './session.ts'
export { utilityProcess } from './utility-process.ts'
export { FakeWindow as BrowserWindow } from './window.ts'

export const protocol = {
  registerSchemesAsPrivileged: (schemes: typeof record.privileges) => {
    record.privileges.push(...schemes)
    record.beforeReady.push('schemes')
  },
}
