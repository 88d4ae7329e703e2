/** Quitting waits until the work has come to a safe place; quitting a second time does not wait. */
import { app } from 'electron'
import { log } from './log.ts'

/** In this order. A part that does not stop does not keep the others. */
export function quitWhenDone(steps: readonly (() => void | Promise<void>)[]): void {
  let state: 'runs' | 'stops' | 'stopped' = 'runs'
  app.on('before-quit', (event) => {
    if (state !== 'runs') return
    event.preventDefault()
    state = 'stops'
    void stopAll(steps).then(() => {
      state = 'stopped'
      app.quit()
    })
  })
}

async function stopAll(steps: readonly (() => void | Promise<void>)[]): Promise<void> {
  for (const step of steps) {
    try {
      await step()
    } catch (thrown) {
      log('a part of the host did not stop cleanly', { technical: String(thrown) })
    }
  }
}
