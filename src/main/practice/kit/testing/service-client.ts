/** For tests: a practice service on a folder of its own and the shortest way to ask it things. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PracticeLaunchSettings } from '../launch-practice.ts'
import type { LaunchedService } from '../launch-service.ts'

export interface ServiceAnswer {
  readonly status: number
  readonly headers: Headers
  // Answers have many shapes; a test says with its expectation which one it means.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly body: any
}

export interface TestService {
  readonly folder: string
  readonly service: () => LaunchedService
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<ServiceAnswer>
  /** Starts again on the same folder after `kill` or `stop` of the service. */
  readonly restart: (settings?: Partial<PracticeLaunchSettings>) => Promise<void>
  readonly dispose: () => Promise<void>
}

interface CallOptions {
  readonly json?: unknown
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

type Launch = (settings: PracticeLaunchSettings) => Promise<LaunchedService>

/** `launchIt`: the launch.ts of the service. */
export async function startTestService(
  launchIt: Launch,
  settings: Partial<PracticeLaunchSettings> = {},
): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'practice-test-'))
  const launch = (more: Partial<PracticeLaunchSettings>): Promise<LaunchedService> =>
    launchIt({ requestsPerSecond: 0, ...settings, ...more, dataFolder: join(folder, 'data') })
  let service = await launch({})
  return {
    folder,
    service: () => service,
    call: (method, path, options = {}) => callService(service, { method, path, ...options }),
    restart: async (more = {}) => {
      service = await launch(more)
    },
    dispose: async () => {
      await service.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Call extends CallOptions {
  readonly method: string
  readonly path: string
}

async function callService(
  service: LaunchedService,
  { method, path, json, text, headers }: Call,
): Promise<ServiceAnswer> {
  const body = text ?? (json === undefined ? null : JSON.stringify(json))
  const answer = await fetch(service.baseUrl + path, {
    method,
    body,
    headers: {
      authorization: `Bearer ${service.token}`,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  })
  const received = await answer.text()
  return { status: answer.status, headers: answer.headers, body: received === '' ? null : JSON.parse(received) }
}
