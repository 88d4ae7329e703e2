/** Opens the files connector in tests: real files in a folder of their own, a clock that does not wait. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '#main/connector-kit/clock.ts'
import type { OpenConnection, RemoteRecord } from '#shared/model/connected.ts'
import { filesConnector } from '../index.ts'
import { filesSettingsSchema } from '../settings.ts'

const realClock: Clock = {
  now: () => Date.now(),
  sleep: async (durationMs, signal) => {
    await pause(durationMs, undefined, signal ? { signal } : {})
  },
}

export async function temporaryFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'patchbay-files-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** `stableMs` is 0 unless the test is about waiting. */
export async function openFiles(
  settings: Record<string, unknown>,
  extra: { readonly stateFolder?: string; readonly clock?: Clock } = {},
): Promise<OpenConnection> {
  return await filesConnector.open({
    config: filesSettingsSchema.parse({ stableMs: 0, ...settings }),
    secrets: {},
    clock: extra.clock ?? realClock,
    http: () => {
      throw new Error('files need no HTTP')
    },
    stateFolder: extra.stateFolder ?? '',
    log: () => undefined,
  })
}

export const quiet = (): AbortSignal => new AbortController().signal

export async function readAll(
  connection: OpenConnection,
  name = 'rows',
  request: { since?: string; pageSize?: number } = {},
): Promise<RemoteRecord[]> {
  const object = await connection.object(name, quiet())
  const records: RemoteRecord[] = []
  for await (const page of object.read?.({ ...request, signal: quiet() }) ?? []) records.push(...page.records)
  return records
}
