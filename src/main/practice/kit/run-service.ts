/**
 * The life of a practice service as a process of its own: one JSON line on stdout when it is ready, a clean stop on
 * SIGTERM or SIGINT, and (with a parent) when stdin ends, so that no service outlives the app that started it.
 * Started by Electron it says the same on its port, and ends with Electron by itself.
 */
import { errorInfoOf } from '#shared/errors.ts'
import { parentPortOf } from '#shared/parent-port.ts'

export interface RunningService {
  readonly port: number
  readonly token: string
  readonly stop: () => Promise<void>
}

/** Runs until told to stop. Start-up errors go to stderr as one JSON line, exit code 1. */
export async function runService(start: () => Promise<RunningService>, withParent: boolean): Promise<void> {
  try {
    const service = await start()
    let isStopping = false
    const stop = (): void => {
      if (isStopping) return
      isStopping = true
      service.stop().then(
        () => process.exit(0),
        (thrown: unknown) => fail(thrown),
      )
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
    const ready = { port: service.port, token: service.token }
    const port = parentPortOf(process)
    if (port) {
      // The host says nothing else than stop.
      port.on('message', stop)
      port.postMessage(ready)
      return
    }
    if (withParent) process.stdin.on('end', stop).on('error', stop).resume()
    process.stdout.write(`${JSON.stringify(ready)}\n`)
  } catch (thrown) {
    fail(thrown)
  }
}

function fail(thrown: unknown): void {
  const error = errorInfoOf(thrown)
  const port = parentPortOf(process)
  // Whoever started it through the port ends it: a message may still be on its way when a process ends itself.
  if (port) {
    port.postMessage({ error })
    return
  }
  process.stderr.write(`${JSON.stringify({ error })}\n`)
  process.exit(1)
}
