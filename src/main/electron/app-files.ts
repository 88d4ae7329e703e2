/** Where the parts of the built app lie, seen from its first script: bundles of later scripts may lie elsewhere. */
import { join } from 'node:path'

export interface AppFiles {
  readonly scripts: string
  readonly renderer: string
  readonly preload: string
  readonly icon: string
  readonly trayImage: string
}

/** `scripts` is the folder of the first script: out/main. */
export function appFilesOf(scripts: string): AppFiles {
  const resources = join(scripts, '..', '..', 'resources')
  return {
    scripts,
    renderer: join(scripts, '..', 'renderer'),
    preload: join(scripts, '..', 'preload', 'index.cjs'),
    icon: join(resources, 'icon.png'),
    trayImage: join(resources, 'tray.png'),
  }
}
