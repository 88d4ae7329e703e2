/** Where the host finds what it starts and serves: beside the built scripts, or in the sources when run from them. */
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export interface HostFiles {
  readonly coreEntry: URL
  readonly rendererFolder: string
}

/** `scriptUrl` is `import.meta.url` of the script that was started: parts of a build may lie elsewhere. */
export function hostFilesOf(scriptUrl: string): HostFiles {
  const script = fileURLToPath(scriptUrl)
  const isBuilt = !script.endsWith('.ts')
  if (isBuilt) return filesOf(join(dirname(script), 'core-worker.js'), join(dirname(script), '..', 'renderer'))
  const root = script.slice(0, script.lastIndexOf(join('src', 'main')))
  return filesOf(join(root, 'src', 'main', 'app', 'core-worker.ts'), join(root, 'out', 'renderer'))
}

function filesOf(coreEntry: string, rendererFolder: string): HostFiles {
  return { coreEntry: pathToFileURL(coreEntry), rendererFolder }
}
