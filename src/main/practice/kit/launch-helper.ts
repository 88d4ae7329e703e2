/** Starts a practice service through the host, where the core cannot start processes itself (helper-process.ts). */
import type { HelperProcess } from '#shared/helper-process.ts'
import { type LaunchedService, notStarted, readReady } from './launch-service.ts'

const usualReadyTimeoutMs = 15_000
/** A service that does not end when asked is ended. */
const stopPatienceMs = 5_000

/** Waits until the service is ready. Throws AppError as launchService does. */
export async function launchHelper(
  helper: HelperProcess,
  readyTimeoutMs = usualReadyTimeoutMs,
): Promise<LaunchedService> {
  const kill = (): Promise<void> => {
    helper.kill()
    return helper.ended
  }
  const ready = await untilReady(helper, readyTimeoutMs).catch(async (thrown: unknown) => {
    await kill()
    throw thrown
  })
  const stop = async (): Promise<void> => {
    helper.post({ kind: 'stop' })
    const timer = setTimeout(() => helper.kill(), stopPatienceMs)
    await helper.ended
    clearTimeout(timer)
  }
  return { ...ready, baseUrl: `http://127.0.0.1:${ready.port}/v1`, stop, kill, exited: helper.ended }
}

function untilReady(helper: HelperProcess, timeoutMs: number): Promise<{ port: number; token: string }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(notStarted('it was not ready in time')), timeoutMs)
    void helper.ended.then(() => reject(notStarted('it ended')))
    helper.onMessage((message) => {
      clearTimeout(timer)
      const ready = readReady(message)
      if (ready) resolve(ready)
      else reject(notStarted(JSON.stringify(message)))
    })
  })
}
