/** Starts the headless host as the product does, but with the window of the browser tests and a core that can be made to crash. Arguments: data folder. */
import { join } from 'node:path'
import { serveFromCommandLine } from '#main/headless/serve-command.ts'

const project = join(import.meta.dirname, '../../..')

process.exitCode = await serveFromCommandLine(['--data', process.argv[2] ?? ''], {
  coreEntry: new URL('./core-that-crashes.ts', import.meta.url),
  rendererFolder: join(project, 'node_modules/.cache/e2e-renderer'),
})
