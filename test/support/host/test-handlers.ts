/** Handlers for the real contract that do what tests ask for by the id they are given; what no test needs says so. */
import type { EventHub } from '#main/rpc/event-hub.ts'
import { contract, type Output, type ProcedureName } from '#shared/contract/contract.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import { AppError } from '#shared/errors.ts'
import { testSchedules } from './test-schedules.ts'

export const testSecret = 'sk_live_test_secret'

/** `status.heldCount` counts the calls whose signal was aborted. */
export function testHandlers(
  events: Pick<EventHub, 'publish'>,
  more: Partial<Output<'system.status'>> = {},
): HandlersOf<ProcedureName> {
  let abortedCount = 0
  const notFaked = (): never => {
    throw new Error('this procedure is not part of the test core')
  }
  const rest = Object.fromEntries(Object.keys(contract).map((name) => [name, notFaked]))
  const made: Partial<HandlersOf<ProcedureName>> = {
    ...testSchedules,
    'system.status': () => ({ ...status, heldCount: abortedCount, ...more }),
    'integrations.count': ({ integrationId }) => ({ readCount: integrationId.length, matchCount: 1 }),
    'runs.records': ({ afterSeq, limit }) => ({ records: [], next: afterSeq + limit }),
    'runs.list': () => ({ runs: [] }),
    'definitions.import': ({ text, fileName }) => {
      events.publish({ name: 'definitions.changed', payload: {} })
      return { saved: [{ kind: 'connection', id: fileName.slice(0, 64), version: text.length, isNew: true }] }
    },
    'definitions.export': () => ({ text: 'Grüße 🚀\n"quoted" \\ \u2028 \u0000' }),
    'definitions.schema': () => ({ schema: { nested: [1, null, { deep: true }], text: 'a' } }),
    'runs.start': (_, context) => ({ runId: `remote write: ${context.isRemoteWrite}` }),
    'plans.make': ({ integrationId }, context) => {
      events.publish({ name: 'plan.changed', payload: { planId: integrationId, integrationId } })
      return { planId: `remote write: ${context.isRemoteWrite}` }
    },
    'runs.pause': () => ({}),
    'runs.cancel': async ({ runId }) => {
      if (runId === 'exit') process.exit(7)
      if (runId === 'hang') for (;;) Math.random()
      if (runId === 'throw-outside') setTimeout(() => notFaked(), 0)
      await new Promise(() => undefined)
      return {}
    },
    'runs.get': async ({ runId }, { signal }) => {
      signal.addEventListener('abort', () => {
        abortedCount += 1
      })
      // Whatever a trouble answers is wrong on purpose.
      return (await troubleOf(runId)) as Output<'runs.get'>
    },
  }
  // Every name is in one of the two.
  return { ...rest, ...made } as unknown as HandlersOf<ProcedureName>
}

const status: Output<'system.status'> = {
  version: '0',
  dataFolder: '',
  startedAt: '2026-01-01T00:00:00.000Z',
  vault: { state: 'open', keptBy: [], reason: '', next: null },
  runningCount: 0,
  heldCount: 0,
  restoredAt: null,
}

async function troubleOf(runId: string): Promise<unknown> {
  switch (runId) {
    case 'app-error':
      throw new AppError({
        kind: 'conflict',
        code: 'run-is-active',
        message: `This run is active (${testSecret}).`,
        kept: 'All is kept.',
        next: `Wait for it, ${testSecret}.`,
        details: { runs: 2, isActive: true, none: null, [testSecret]: `x${testSecret}y` },
      })
    case 'crash':
      throw new TypeError(`something is undefined near ${testSecret}`)
    case 'throw-text':
      throw 'only a text'
    case 'throw-nothing':
      throw undefined
    case 'slow':
      return new Promise((resolve) => setTimeout(resolve, 3_000).unref())
    case 'bad-output':
      return { id: 1 }
    case 'no-output':
      return undefined
    default:
      return { id: runId, startedAt: new Date(0), timings: Number.NaN }
  }
}
