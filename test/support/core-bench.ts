/** The whole core in the test's process: real store, real connectors, real practice services. */
import { onTestFinished } from 'vitest'
import { type Core, type CoreOptions, createCore } from '#main/app/core.ts'
import type { KeyBackend } from '#main/vault/key-backend.ts'
import type { Input, Output, ProcedureName } from '#shared/contract/contract.ts'
import { contract } from '#shared/contract/contract.ts'
import { memoryKeychain } from './keychain/memory-keychain.ts'
import { realClock } from './real-clock.ts'
import { tempFolder } from './temp-folder.ts'

export interface CoreBench {
  readonly core: Core
  readonly dataFolder: string
  readonly call: <N extends ProcedureName>(name: N, input: Input<N>) => Promise<Output<N>>
  readonly plan: (integrationId: string) => Promise<Output<'plans.get'>>
  readonly approve: (planId: string) => Promise<Output<'runs.get'>>
  readonly run: (integrationId: string) => Promise<Output<'runs.get'>>
  readonly records: (runId: string) => Promise<Output<'runs.records'>['records']>
  readonly stop: () => Promise<void>
}

export async function coreBench(
  options: {
    dataFolder?: string
    keychain?: KeyBackend
    log?: (text: string) => void
  } & Partial<Pick<CoreOptions, 'clock' | 'publish' | 'zone' | 'isScheduling'>> = {},
): Promise<CoreBench> {
  const dataFolder = options.dataFolder ?? tempFolder()
  const core = await createCore({
    clock: realClock,
    publish: () => undefined,
    ...options,
    dataFolder,
    log: (message, details) => options.log?.(`${message} ${JSON.stringify(details ?? {})}`),
    env: {},
    keychain: options.keychain ?? memoryKeychain(),
  })
  let isStopped = false
  const stop = async (): Promise<void> => {
    if (isStopped) return
    isStopped = true
    await core.stop()
  }
  onTestFinished(stop)
  const call: CoreBench['call'] = async (name, input) => {
    // The table of handlers loses the connection between name and types; the schema parses what goes in.
    const handler = core.handlers[name] as (input: unknown, context: { signal: AbortSignal }) => unknown
    const answer = await handler(contract[name].input.parse(input), { signal: new AbortController().signal })
    return contract[name].output.parse(answer) as never
  }
  const ended = async <T extends { state: string }>(look: () => Promise<T>, open: string): Promise<T> => {
    for (;;) {
      const now = await look()
      if (now.state !== open) return now
      await realClock.sleep(20)
    }
  }
  return {
    core,
    dataFolder,
    call,
    stop,
    plan: async (integrationId) => {
      const { planId } = await call('plans.make', { integrationId })
      return ended(() => call('plans.get', { planId }), 'making')
    },
    approve: async (planId) => {
      const { runId } = await call('plans.approve', { planId })
      return ended(() => call('runs.get', { runId }), 'running')
    },
    run: async (integrationId) => {
      const { runId } = await call('runs.start', { integrationId })
      return ended(() => call('runs.get', { runId }), 'running')
    },
    records: async (runId) => (await call('runs.records', { runId, limit: 500 })).records,
  }
}
