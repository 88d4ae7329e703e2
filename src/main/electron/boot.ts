/** Starts the headless host as a process of its own and shows its address in a hardened window. Until the app's own protocol exists, both hosts serve the same window over loopback. */
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, session, utilityProcess } from 'electron'
import { addressIn } from './host-address.ts'
import { hardenSession, openWindow } from './window.ts'

export async function boot(): Promise<void> {
  hardenSession(session.defaultSession)
  const host = utilityProcess.fork(join(import.meta.dirname, 'headless.js'), ['serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    execArgv: ['--max-semi-space-size=2'],
  })
  let window: BrowserWindow | undefined
  let output = ''
  let isQuitting = false
  host.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    const address = addressIn(output)
    if (address !== undefined) window ??= openWindow(address)
  })
  host.on('exit', (code) => {
    if (!isQuitting && code !== 0)
      dialog.showErrorBox(
        'Patchbay stopped',
        'The part of Patchbay that does the work has stopped. What was done is in the journal. Start Patchbay again.',
      )
    app.quit()
  })
  app.on('second-instance', () => {
    window?.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', () => {
    isQuitting = true
    host.kill()
  })
}
