import { describe, expect, it } from 'vitest'
import type { TimedClient } from '#shared/contract/client.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { EventMessage } from '#shared/contract/events.ts'
import { noOutcomes, type RunState } from '#shared/model/run.ts'
import { createRunWatch, endWords } from './run-watch.ts'

type Run = Output<'runs.get'>

function runOf(id: string, state: RunState, counts: Partial<Run['counts']> = {}): Run {
  // What the watch reads of a run.
  return { id, state, counts: { ...noOutcomes, ...counts } } as Run
}

/** A core with these runs; says what the watch has told. */
function watched() {
  const runs = new Map<string, Run>()
  const told: string[] = []
  const client: TimedClient = {
    call: async (name, input) => {
      const found = name === 'runs.list' ? { runs: [...runs.values()] } : runs.get((input as { runId: string }).runId)
      if (!found) throw new Error('no such run')
      // The two procedures that the watch calls.
      return found as never
    },
  }
  const take = createRunWatch({
    client,
    onBusy: (isBusy) => void told.push(isBusy ? 'busy' : 'idle'),
    onTroubledEnd: (run) => void told.push(endWords(run)),
  })
  const say = async (message: object): Promise<void> => {
    take({ boot: 'b', seq: 1, ...message } as EventMessage)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const change = async (run: Run): Promise<void> => {
    runs.set(run.id, run)
    await say({ kind: 'event', event: { name: 'run.changed', payload: { runId: run.id, integrationId: 'i' } } })
  }
  return { runs, told, change, say }
}

describe('the watch of the runs', () => {
  it('tells of an end that a person must look at, once, and keeps busy until the last run has ended', async () => {
    const { told, change } = watched()
    await change(runOf('a', 'running'))
    await change(runOf('b', 'running'))
    await change(runOf('a', 'finished', { failed: 2 }))
    await change(runOf('a', 'finished', { failed: 2 }))
    await change(runOf('b', 'interrupted'))
    expect(told).toEqual([
      ...['busy', 'busy', 'busy', 'A run has ended: 2 failed.', 'busy', 'idle'],
      'A run has stopped before its end. What was done is in the journal.',
    ])
  })

  it('is silent about a good end, a pause, and a run it has not seen running', async () => {
    const { told, change } = watched()
    await change(runOf('a', 'running'))
    await change(runOf('a', 'finished', { created: 3 }))
    await change(runOf('b', 'running'))
    await change(runOf('b', 'paused'))
    await change(runOf('c', 'failed'))
    expect(told.filter((text) => !['busy', 'idle'].includes(text))).toEqual([])
  })

  it('looks again after missed events: what runs, and how it ended meanwhile', async () => {
    const { runs, told, change, say } = watched()
    await change(runOf('a', 'running'))
    runs.set('a', runOf('a', 'finished', { held: 1 }))
    runs.set('b', runOf('b', 'running'))
    await say({ kind: 'resync' })
    expect(told).toContain('A run has ended: 1 waits for a decision.')
    expect(told.at(-1)).toBe('busy')
  })
})
