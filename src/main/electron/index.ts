/**
 * Entry of the Electron host. Runs before "ready" and never waits for it at the top level: Electron's ready event
 * waits for this module (https://www.electronjs.org/docs/latest/tutorial/esm, read 2026-11-23).
 */
import { app } from 'electron'

app.enableSandbox()

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(async () => {
    const { boot } = await import('./boot.ts')
    await boot()
  })
} else {
  app.quit()
}
