/** The core of the product, which dies at once when the file `crash-now` appears in its data folder. Once per file. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'

// The host that starts this worker gives it the folder.
const { dataFolder } = workerData as { readonly dataFolder: string }
const order = join(dataFolder, 'crash-now')
const lookEveryMs = 20

setInterval(() => {
  if (!existsSync(order)) return
  rmSync(order)
  process.exit(1)
}, lookEveryMs).unref()

await import('#main/app/core-worker.ts')
