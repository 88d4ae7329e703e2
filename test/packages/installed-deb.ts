/** A package installed by dpkg into a folder of its own, with a database of its own: nothing of this computer is touched. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface DebRoot {
  readonly install: (file: string) => void
  readonly remove: (name: string) => void
  /** What dpkg knows of it: 'install ok installed', or undefined. */
  readonly statusOf: (name: string) => string | undefined
  /** Every file below the folder that is not dpkg's own. */
  readonly files: () => readonly string[]
}

/** `--force-depends`: the libraries of this computer are used, which this database does not know. */
const force = ['--force-not-root', '--force-depends', '--force-bad-path']

export function debRoot(folder: string): DebRoot {
  for (const path of ['var/lib/dpkg/info', 'var/lib/dpkg/updates']) mkdirSync(join(folder, path), { recursive: true })
  writeFileSync(join(folder, 'var/lib/dpkg/status'), '')
  const dpkg = (...args: readonly string[]): void => {
    const end = spawnSync('dpkg', [`--root=${folder}`, ...force, ...args], { encoding: 'utf8' })
    if (end.status !== 0) throw new Error(`dpkg ${args.join(' ')} ended with ${end.status}: ${end.stdout}${end.stderr}`)
  }
  return {
    install: (file) => dpkg('-i', file),
    remove: (name) => dpkg('-r', name),
    statusOf: (name) => {
      const status = readFileSync(join(folder, 'var/lib/dpkg/status'), 'utf8')
      return new RegExp(`^Package: ${name}\\nStatus: (.*)$`, 'm').exec(status)?.[1]
    },
    files: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes('/var/lib/dpkg'))
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length)),
  }
}
