/** A second start: ends at once, and starts nothing. */
import { record } from '#test/support/fake-electron/record.ts'

export async function run(): Promise<object> {
  await new Promise((resolve) => setTimeout(resolve, 300))
  return {
    hasQuit: record.hasQuit,
    windows: record.windows.length,
    forks: record.forks.length,
    said: record.beforeReady,
  }
}
