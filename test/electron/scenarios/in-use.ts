/** Another host has the data folder: the app says so in the system's own box and ends. */
import { record } from '#test/support/fake-electron/record.ts'
import { until } from '../scenario-kit.ts'

export async function run(): Promise<object> {
  await until('an end', () => record.hasQuit)
  return {
    errors: record.errors,
    exitCode: record.exitCode,
    windows: record.windows.length,
    forks: record.forks.length,
  }
}
