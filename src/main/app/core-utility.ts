/** Entry of Electron's utility process: the core on its parent port, away from the process of the windows. Argument: the data folder. */
import { serveCore } from '#main/rpc/core-port.ts'
import { utilityPort } from '#main/rpc/utility-port.ts'
import { builtEntries } from './built-entries.ts'
import { createServedCore } from './served-core.ts'
import { createStartHelper } from './start-helpers.ts'

// Electron lets a utility process go on after a rejection that nobody handled
// (shell/services/node/node_service.cc, read 2026-11); the journal is safer with a core that starts anew.
process.on('unhandledRejection', (reason) => {
  throw reason
})

const port = utilityPort(process)
const [dataFolder = ''] = process.argv.slice(2)
const entries = builtEntries(import.meta.url)

await serveCore(port, ({ log }) =>
  createServedCore({
    dataFolder,
    log,
    env: process.env,
    ...(port && { startHelper: createStartHelper(port) }),
    ...(entries && { entries }),
  }),
)
