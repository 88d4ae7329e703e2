/** Starts the headless host as the product does, but with the window of the browser tests. Arguments: data folder. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serveFromCommandLine } from '#main/headless/serve-command.ts'

const project = join(import.meta.dirname, '../../..')

process.exitCode = await serveFromCommandLine(['--data', process.argv[2] ?? ''], {
  coreEntry: pathToFileURL(join(project, 'src/main/app/core-worker.ts')),
  rendererFolder: join(project, 'node_modules/.cache/e2e-renderer'),
})
