/** Follows the runs of the core for the desktop: whether one is under way, and which ended so that a person must look. */
import type { TimedClient } from '#shared/contract/client.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { EventMessage } from '#shared/contract/events.ts'

type Run = Output<'runs.list'>['runs'][number]

export interface RunWatchParts {
  readonly client: TimedClient
  readonly onBusy: (isBusy: boolean) => void
  /** Once for each run that this start of the app has seen running. */
  readonly onTroubledEnd: (run: Run) => void
}

/** Answers where to put the events. A run that cannot be read is left to the window, which shows why. */
export function createRunWatch({ client, onBusy, onTroubledEnd }: RunWatchParts): (message: EventMessage) => void {
  const active = new Set<string>()

  function note(run: Run): void {
    const wasActive = active.has(run.id)
    if (run.state === 'running') active.add(run.id)
    else active.delete(run.id)
    onBusy(active.size > 0)
    if (wasActive && run.state !== 'running' && needsPerson(run)) onTroubledEnd(run)
  }

  /** After missed events: what runs now, and how those ended that ran before. */
  async function lookAgain(): Promise<void> {
    const known = [...active]
    const { runs } = await client.call('runs.list', {})
    for (const run of runs) if (run.state === 'running' || known.includes(run.id)) note(run)
  }

  return (message) => {
    if (message.kind === 'resync') void lookAgain().catch(() => onBusy(false))
    else if (message.kind === 'event' && message.event.name === 'run.changed')
      void client.call('runs.get', { runId: message.event.payload.runId }).then(note, () => undefined)
  }
}

function needsPerson({ state, counts }: Run): boolean {
  return state === 'failed' || state === 'interrupted' || (state === 'finished' && counts.failed + counts.held > 0)
}

/** What a person reads on the desktop. No names of records: the screen may be seen by others. */
export function endWords({ state, counts }: Run): string {
  if (state !== 'finished') return 'A run has stopped before its end. What was done is in the journal.'
  const parts = [
    counts.failed > 0 ? `${counts.failed} failed` : '',
    counts.held > 0 ? `${counts.held} ${counts.held === 1 ? 'waits' : 'wait'} for a decision` : '',
  ]
  return `A run has ended: ${parts.filter((part) => part !== '').join(', ')}.`
}
