/**
 * The life of a practice service as a process of its own: one JSON line on stdout when it is ready, a clean stop on
 * SIGTERM or SIGINT, and (with a parent) when stdin ends, so that no service outlives the app that started it.
 */
import { errorInfoOf } from '#shared/errors.ts'

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
    if (withParent) process.stdin.on('end', stop).on('error', stop).resume()
    process.stdout.write(`${JSON.stringify({ port: service.port, token: service.token })}\n`)
  } catch (thrown) {
    fail(thrown)
  }
}

function fail(thrown: unknown): never {
  process.stderr.write(`${JSON.stringify({ error: errorInfoOf(thrown) })}\n`)
  process.exit(1)
}
