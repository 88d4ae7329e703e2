/** Opens the sqlite connector in tests. */
import { setTimeout as pause } from 'node:timers/promises'
import type { OpenConnection } from '#shared/model/connected.ts'
import { sqliteConnector } from '../index.ts'
import { sqliteSettingsSchema } from '../settings.ts'

export async function openSqlite(settings: Record<string, unknown>): Promise<OpenConnection> {
  return await sqliteConnector.open({
    config: sqliteSettingsSchema.parse({ busyTimeoutMs: 50, ...settings }),
    secrets: {},
    clock: {
      now: () => Date.now(),
      sleep: async (durationMs) => {
        await pause(durationMs)
      },
    },
    http: () => {
      throw new Error('a database needs no HTTP')
    },
    stateFolder: '',
    log: () => undefined,
  })
}
