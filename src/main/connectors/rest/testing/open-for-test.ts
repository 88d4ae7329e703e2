/** Opens a REST connection in tests the way the composition root does, with waits that end at once. */

import { createHttpClient } from '#main/connector-kit/http-client.ts'
import { makeTestClock } from '#main/connector-kit/testing/test-clock.ts'
import { AppError } from '#shared/errors.ts'
import type { OpenConnection } from '#shared/model/connected.ts'
import { restConnector } from '../index.ts'

export interface TestOpening {
  readonly secrets?: Readonly<Record<string, string>>
  /** Log lines are added here. */
  readonly lines?: string[]
}

/** `config` goes through the schema, as a stored connection does. */
export async function openForTest(config: unknown, { secrets = {}, lines }: TestOpening = {}): Promise<OpenConnection> {
  const parsed = restConnector.config.safeParse(config)
  if (!parsed.success) throw new AppError({ kind: 'config', code: 'settings-invalid', message: parsed.error.message })
  const clock = makeTestClock(Date.now())
  return await restConnector.open({
    config: parsed.data,
    secrets,
    clock,
    http: (settings) => createHttpClient({ clock, random: Math.random, settings, secrets: Object.values(secrets) }),
    stateFolder: '/nowhere',
    log: (message, details) => lines?.push(`${message} ${JSON.stringify(details ?? {})}`),
  })
}

/** Posts JSON to a test service. */
export async function postJson(url: string, body: unknown, token?: string): Promise<unknown> {
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return await answer.json()
}
