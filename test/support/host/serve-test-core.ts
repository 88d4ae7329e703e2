/** Entry of the test core as a worker. `start` of its data makes the start go wrong; `junk` makes it talk nonsense. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { serveCore } from '#main/rpc/core-port.ts'
import { AppError } from '#shared/errors.ts'
import { createTestCore } from './test-core.ts'

const options = workerData as { readonly start?: string; readonly junk?: boolean; readonly dataFolder?: string }
// A file in the data folder, where the way it starts shall change between two starts.
const file = join(options.dataFolder ?? '', 'start-as')
const startAs = options.dataFolder !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : options.start

await serveCore(parentPort, async (surroundings) => {
  if (options.junk)
    for (const junk of ['text', 7, null, { kind: 3 }, { kind: 'answer', id: 'x' }]) parentPort?.postMessage(junk)
  if (startAs === 'refuse') {
    throw new AppError({ kind: 'config', code: 'data-too-new', message: 'The data was written by a newer Patchbay.' })
  }
  if (startAs === 'crash') throw new Error('no start')
  if (startAs === 'exit') process.exit(3)
  if (startAs === 'silent') await new Promise(() => undefined)
  return createTestCore(surroundings)
})
