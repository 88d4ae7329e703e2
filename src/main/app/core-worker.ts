/** Entry of the worker thread: the core on its parent port, off the thread that serves the window. */
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { serveCore } from '#main/rpc/core-port.ts'
import { builtEntries } from './built-entries.ts'
import { createServedCore } from './served-core.ts'

const { dataFolder } = z.object({ dataFolder: z.string() }).parse(workerData)

const entries = builtEntries(import.meta.url)

await serveCore(parentPort, ({ log }) =>
  createServedCore({ dataFolder, log, env: process.env, ...(entries && { entries }) }),
)
