/** For tests: a practice CRM on a folder of its own and the shortest way to ask it things. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedService } from '../../kit/launch-service.ts'
import { type CrmLaunchSettings, launchPracticeCrm } from '../launch.ts'

export interface CrmAnswer {
  readonly status: number
  readonly headers: Headers
  // Answers have many shapes; a test says with its expectation which one it means.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly body: any
}

export interface TestCrm {
  readonly folder: string
  readonly service: () => LaunchedService
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<CrmAnswer>
  /** Starts again on the same folder after `kill` or `stop` of the service. */
  readonly restart: (settings?: Partial<CrmLaunchSettings>) => Promise<void>
  readonly dispose: () => Promise<void>
}

interface CallOptions {
  readonly json?: unknown
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

export async function startTestCrm(settings: Partial<CrmLaunchSettings> = {}): Promise<TestCrm> {
  const folder = mkdtempSync(join(tmpdir(), 'practice-crm-test-'))
  const launch = (more: Partial<CrmLaunchSettings>): Promise<LaunchedService> =>
    launchPracticeCrm({ requestsPerSecond: 0, ...settings, ...more, dataFolder: join(folder, 'data') })
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

async function callService(service: LaunchedService, { method, path, json, text, headers }: Call): Promise<CrmAnswer> {
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
