/** What became of a due time, as one sentence. */
import { assertNever } from '../errors.ts'
import type { RunState } from '../model/run.ts'
import type { Slot } from '../model/slot.ts'

/** `runState`: of the run it started; null: none, or it is not there any more. With a full stop. */
export function describeSlot(slot: Slot, runState: RunState | null): string {
  const reason = slot.reason ? ` ${slot.reason.message}` : ''
  switch (slot.outcome) {
    case 'ran':
      return `${slot.trigger === 'catch-up' ? 'Was missed and caught up later' : 'Ran'}${runState === null ? '' : runWords[runState]}.`
    case 'waiting':
      return slot.attempts > 0 ? `Could not start; it is tried again.${reason}` : 'About to start.'
    case 'failed':
      return `Could not start${slot.attempts > 1 ? `, ${slot.attempts} times` : ''}.${reason}`
    case 'missed':
      return 'Missed: the computer was off or asleep, or Patchbay was not running.'
    case 'paused':
      return 'Left out: the schedule was paused.'
    case 'skipped-overlap':
      return reason === '' ? 'Left out: it was still running, or being planned.' : `Left out.${reason}`
    default:
      return assertNever(slot.outcome, 'outcome of a due time')
  }
}

const runWords: Readonly<Record<RunState, string>> = {
  running: ' and is still going',
  paused: '; the run is paused',
  interrupted: '; the run was cut off and goes on with the next one',
  finished: '',
  cancelled: '; the run was cancelled',
  failed: '; the run ended with an error',
}
