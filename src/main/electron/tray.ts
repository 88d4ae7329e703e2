/** The sign in the task bar: the app runs, also without its window. Kept by whoever made it, or the system takes it away. */
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron'
import type { SchedulePause } from './schedule-pause.ts'

export interface TrayActions {
  readonly show: () => void
  readonly quit: () => void
  readonly pause: SchedulePause
}

export interface AppTray {
  /** What to say while something is wrong; null: all is well. */
  readonly setTrouble: (words: string | null) => void
  readonly close: () => void
}

export interface TrayState {
  readonly trouble: string | null
  readonly isPaused: boolean
}

/** The lines of its menu. */
export function trayMenu({ trouble, isPaused }: TrayState, actions: TrayActions): MenuItemConstructorOptions[] {
  return [
    ...(trouble === null ? [] : [{ label: trouble, enabled: false }]),
    { label: 'Open Patchbay', click: actions.show },
    { ...pauseItem(isPaused, actions.pause), enabled: trouble === null },
    { type: 'separator' },
    { label: 'Quit Patchbay', click: actions.quit },
  ]
}

function pauseItem(isPaused: boolean, { pauseAll, resumeAll }: SchedulePause): MenuItemConstructorOptions {
  return isPaused
    ? { label: 'Go on with all schedules', click: resumeAll }
    : { label: 'Pause all schedules', click: pauseAll }
}

export function createTray(imageFile: string, actions: TrayActions): AppTray {
  const image = nativeImage.createFromPath(imageFile)
  const tray = new Tray(image)
  let trouble: string | null = null
  const draw = (): void => {
    const isPaused = actions.pause.isPaused()
    tray.setToolTip(trouble ?? (isPaused ? 'Patchbay: schedules are paused' : 'Patchbay'))
    tray.setContextMenu(Menu.buildFromTemplate(trayMenu({ trouble, isPaused }, actions)))
  }
  tray.on('click', actions.show)
  actions.pause.onChange(draw)
  draw()
  return {
    setTrouble: (words) => {
      trouble = words
      draw()
    },
    close: () => tray.destroy(),
  }
}
