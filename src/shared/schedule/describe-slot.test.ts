import { describe, expect, it } from 'vitest'
import type { RunState } from '../model/run.ts'
import type { Slot } from '../model/slot.ts'
import { describeSlot } from './describe-slot.ts'

const slot: Slot = {
  integrationId: 'a',
  dueAt: '2026-11-26T18:00:00.000Z',
  trigger: 'schedule',
  outcome: 'ran',
  runId: 'run-1',
  attempts: 1,
  startAt: null,
  at: '2026-11-26T18:00:00.000Z',
  reason: null,
}
const reason = { kind: 'transient', code: 'x', message: 'The network is down.' } as const

describe('what became of a due time, in words', () => {
  const table: readonly (readonly [Partial<Slot>, RunState | null, string])[] = [
    [{}, 'finished', 'Ran.'],
    [{}, null, 'Ran.'],
    [{}, 'running', 'Ran and is still going.'],
    [{}, 'failed', 'Ran; the run ended with an error.'],
    [{ trigger: 'catch-up' }, 'cancelled', 'Was missed and caught up later; the run was cancelled.'],
    [{ outcome: 'waiting', attempts: 0 }, null, 'About to start.'],
    [{ outcome: 'waiting', reason }, null, 'Could not start; it is tried again. The network is down.'],
    [{ outcome: 'failed', reason, attempts: 4 }, null, 'Could not start, 4 times. The network is down.'],
    [{ outcome: 'failed', reason }, null, 'Could not start. The network is down.'],
    [{ outcome: 'missed' }, null, 'Missed: the computer was off or asleep, or Patchbay was not running.'],
    [{ outcome: 'paused' }, null, 'Left out: the schedule was paused.'],
    [{ outcome: 'skipped-overlap' }, null, 'Left out: it was still running, or being planned.'],
    [{ outcome: 'skipped-overlap', reason }, null, 'Left out. The network is down.'],
  ]
  for (const [change, state, sentence] of table) {
    it(sentence, () => expect(describeSlot({ ...slot, ...change }, state)).toBe(sentence))
  }
})
