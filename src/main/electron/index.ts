/**
 * Entry of the Electron host: what must be said before Electron is ready. It never waits for that at the top level,
 * since the ready event waits for this module (https://www.electronjs.org/docs/latest/tutorial/esm, read 2026-11-23).
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, protocol } from 'electron'
import { dataFolderOf, prepareDataFolder } from '#main/app/host/files/data-folder.ts'
import { appFilesOf } from './app-files.ts'
import { ownSchemes } from './app-protocol.ts'
import { errorBox } from './error-box.ts'
import { readStartArguments } from './start-arguments.ts'

/** As in electron-builder.yml: Windows puts notifications and the task bar together by it. */
const appId = 'org.patchbay.desktop'

app.enableSandbox()
protocol.registerSchemesAsPrivileged(ownSchemes)
app.setAppUserModelId(appId)

/** One workspace, one folder: what Chromium keeps lies in it too, and one app at a time uses it. */
function prepareFolder(data: string | undefined): string {
  const folder = dataFolderOf(process.env, process.platform, data)
  prepareDataFolder(folder)
  const own = join(folder, 'window')
  mkdirSync(own, { recursive: true, mode: 0o700 })
  app.setPath('userData', own)
  return folder
}

async function startWhenReady(dataFolder: string, isHidden: boolean): Promise<void> {
  await app.whenReady()
  const { boot } = await import('./boot.ts')
  await boot({ dataFolder, isHidden, files: appFilesOf(import.meta.dirname) })
}

function giveUp(thrown: unknown): void {
  const { title, text } = errorBox(thrown)
  dialog.showErrorBox(title, text)
  app.exit(1)
}

try {
  const { data, isHidden } = readStartArguments(process.argv.slice(1))
  const dataFolder = prepareFolder(data)
  // The one that runs already shows its window (boot.ts).
  if (app.requestSingleInstanceLock()) startWhenReady(dataFolder, isHidden).catch(giveUp)
  else app.quit()
} catch (thrown) {
  giveUp(thrown)
}
