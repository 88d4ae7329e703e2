/** Puts the Electron host together, once Electron is ready: lock, core, window, tray. The core runs elsewhere; here is only what carries messages. */
import { join } from 'node:path'
import { app, Menu, session } from 'electron'
import { listWindowFiles } from '#main/app/host/window-files.ts'
import type { AppFiles } from './app-files.ts'
import { appMenu } from './app-menu.ts'
import { answerRequest } from './app-protocol.ts'
import { createCoreRelay } from './core-relay.ts'
import { answerDesktopCall, savePageAsPdf } from './desktop-calls.ts'
import { guardContents } from './guard-contents.ts'
import { guardSession } from './guard-session.ts'
import { registerIpc } from './ipc.ts'
import { log } from './log.ts'
import { createMainWindow, type MainWindow } from './main-window.ts'
import { notify } from './notify.ts'
import { openOutside } from './open-outside.ts'
import { ownScheme } from './own-address.ts'
import { createSleepGuard, listenToPower } from './power.ts'
import { quitWhenDone } from './quit.ts'
import { createRunWatch, endWords } from './run-watch.ts'
import { createSchedulePause } from './schedule-pause.ts'
import { type DesktopHost, startDesktopHost } from './start-host.ts'
import { createTray } from './tray.ts'

export interface BootOptions {
  readonly dataFolder: string
  readonly isHidden: boolean
  readonly files: AppFiles
}

/** Throws AppError when the core cannot start, or another host has the data folder. Then nothing is left open. */
export async function boot({ dataFolder, isHidden, files }: BootOptions): Promise<void> {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, openOutside))
  const window = openMainWindow(dataFolder, files)
  let setTrouble: (words: string | null) => void = () => undefined
  const host = await startDesktopHost({
    dataFolder,
    scripts: files.scripts,
    log,
    showWindow: window.show,
    onTrouble: (trouble) => setTrouble(trouble?.message ?? null),
  })
  serveWindows(host, window)
  const quit = (): void => app.quit()
  const tray = createTray(files.trayImage, {
    show: () => window.show(),
    quit,
    pause: createSchedulePause(host.client, host.core.subscribe),
  })
  setTrouble = (words) => {
    tray.setTrouble(words)
    if (words !== null) notify('Patchbay', words, () => window.show())
  }
  watchRuns(host, window)
  listenToPower({ tellPower: host.tellPower, quit })
  quitWhenDone([tray.close, host.stop])
  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())
  // Closing the window is not quitting: the work goes on. The tray and the menu quit.
  app.on('window-all-closed', () => undefined)
  if (!isHidden) window.show()
}

function openMainWindow(dataFolder: string, files: AppFiles): MainWindow {
  const own = session.fromPartition('persist:patchbay')
  guardSession(own)
  guardSession(session.defaultSession)
  const windowFiles = listWindowFiles(files.renderer)
  own.protocol.handle(ownScheme, (request) => answerRequest(windowFiles, request))
  let isTold = false
  return createMainWindow({
    session: own,
    preload: files.preload,
    icon: files.icon,
    onSessionEnd: () => app.quit(),
    stateFile: join(dataFolder, 'window', 'window-state.json'),
    onClosed: () => {
      if (!isTold) notify('Patchbay goes on', goesOn, () => app.emit('activate'))
      isTold = true
    },
  })
}

const goesOn = 'Its window is closed, its work goes on. To open it again, click its sign or start Patchbay once more.'

function serveWindows(host: DesktopHost, window: MainWindow): void {
  registerIpc({
    isOurs: window.isOurs,
    onCoreMessage: createCoreRelay(host.core),
    answerDesktop: (name, input) => answerDesktopCall(window.current(), name, input),
    log,
  })
  const savePage = (): void => {
    const shown = window.current()
    if (shown) void savePageAsPdf(shown, 'Patchbay.pdf')
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(process.platform, savePage)))
}

function watchRuns(host: DesktopHost, window: MainWindow): void {
  const onTroubledEnd: Parameters<typeof createRunWatch>[0]['onTroubledEnd'] = (run) =>
    notify('Patchbay', endWords(run), () => window.show(`/runs/${run.id}`))
  host.core.subscribe(createRunWatch({ client: host.client, onBusy: createSleepGuard(), onTroubledEnd }))
}
