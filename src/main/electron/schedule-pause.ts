/** Pausing all schedules from the tray. What the core says last is what the tray shows. */
import type { TimedClient } from '#shared/contract/client.ts'
import type { Subscribe } from '#shared/contract/transport.ts'

export interface SchedulePause {
  readonly isPaused: () => boolean
  readonly pauseAll: () => void
  readonly resumeAll: () => void
  readonly onChange: (listener: () => void) => void
}

/** A core that does not answer leaves the tray as it is: it says itself that something is wrong. */
export function createSchedulePause(client: TimedClient, subscribe: Subscribe): SchedulePause {
  const listeners: (() => void)[] = []
  let isPaused = false
  const look = async (): Promise<void> => {
    const { allPausedAt } = await client.call('schedules.list', {})
    isPaused = allPausedAt !== null
    for (const listener of listeners) listener()
  }
  const act = (name: 'schedules.pause-all' | 'schedules.resume-all') => (): void =>
    void client.call(name, {}).then(look, () => undefined)
  subscribe((message) => {
    const isAboutIt = message.kind === 'event' && message.event.name === 'schedule.changed'
    if (message.kind === 'resync' || isAboutIt) void look().catch(() => undefined)
  })
  return {
    isPaused: () => isPaused,
    pauseAll: act('schedules.pause-all'),
    resumeAll: act('schedules.resume-all'),
    onChange: (listener) => void listeners.push(listener),
  }
}
