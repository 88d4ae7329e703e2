import { describe, expect, it } from 'vitest'
import type { WriteClass } from '#shared/model/object.ts'
import { createMemoryService } from '#test/support/memory-service.ts'
import type { Intent } from '../ports/sync-store.ts'
import { resolveUncertain } from './resolve-uncertain.ts'

const settleMs = 2_000
const nowMs = 1_000_000

function intentOf(writeClass: WriteClass, operation: 'create' | 'update'): Intent {
  return {
    id: 1,
    runId: 'r1',
    operation,
    writeClass,
    destinationId: operation === 'update' ? 'd1' : null,
    idempotencyKey: 'k1',
    request: '{}',
    state: 'sent',
    attempts: 1,
    firstSentAtMs: 0,
    facts: {
      label: 'A',
      source: { externalId: 's1', base: {}, text: '{}', hash: '', version: null },
      before: null,
      after: { email: 'a@example.com' },
      nextBase: { email: 'a@example.com' },
      version: null,
      findBy: writeClass === 'F' || writeClass === 'S' ? { field: 'email', value: 'a@example.com' } : null,
    },
  }
}

/** How long is waited for a doubt that arose just now, about a write whose journal entry is old. */
async function waitedMs(intent: Intent, declared: { settleMs?: number } = { settleMs }): Promise<number> {
  const { object } = createMemoryService({ createClass: intent.writeClass })
  const writes = { [intent.operation]: { class: intent.writeClass, ...declared } }
  const destination = { ...object, description: { ...object.description, writes } }
  let slept = 0
  const clock = {
    now: () => nowMs + slept,
    sleep: async (durationMs: number) => {
      slept += durationMs
    },
  }
  await resolveUncertain([intent], { destination, clock, signal: new AbortController().signal, sinceMs: nowMs })
  return slept
}

describe('before an uncertain write is resolved', () => {
  it('the settle time passes from the moment of the doubt, not from the entry in the journal', async () => {
    expect(await waitedMs(intentOf('F', 'create'))).toBe(settleMs)
  })

  it('an index that lags is asked once more after that', async () => {
    expect(await waitedMs(intentOf('S', 'create'))).toBe(2 * settleMs)
  })

  it('a minute passes where a service to be searched declares nothing', async () => {
    expect(await waitedMs(intentOf('F', 'create'), {})).toBe(60_000)
  })

  it('an upsert, and an update without a version, wait for what is declared: they would overwrite what comes after', async () => {
    expect(await waitedMs(intentOf('C', 'update'))).toBe(settleMs)
    expect(await waitedMs(intentOf('U', 'create'))).toBe(settleMs)
    expect(await waitedMs(intentOf('C', 'update'), {})).toBe(0)
  })

  it('an update that names its version does not wait: the service refuses the older one of two', async () => {
    const update = intentOf('C', 'update')
    expect(await waitedMs({ ...update, facts: { ...update.facts, version: '7' } })).toBe(0)
  })

  it('nothing is waited for where nobody looks', async () => {
    expect(await waitedMs(intentOf('N', 'create'))).toBe(0)
  })
})
