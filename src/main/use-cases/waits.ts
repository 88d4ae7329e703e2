/** What the connections wait for at this moment, so that a person who looks at a run does not take throttling for a fault. */
import type { Wait } from '#main/connector-kit/wait.ts'
import type { Clock } from '#main/engine/ports/surroundings.ts'

export interface Waits {
  readonly note: (connectionId: string, wait: Wait | undefined) => void
  /** Waits of these connections that are not over yet. */
  readonly of: (connectionIds: readonly string[]) => readonly (Wait & { readonly connection: string })[]
}

/** Shorter waits come and go all the time, and nobody would read them. */
const noticeableMs = 1_000

/** `onChange`: a wait that is worth telling has begun. */
export function createWaits(clock: Clock, onChange: (connectionId: string) => void): Waits {
  const waits = new Map<string, Wait>()
  return {
    note: (connectionId, wait) => {
      if (!wait) {
        waits.delete(connectionId)
        return
      }
      const isNew = waits.get(connectionId)?.until !== wait.until
      waits.set(connectionId, wait)
      if (isNew && Date.parse(wait.until) - clock.now() > noticeableMs) onChange(connectionId)
    },
    of: (connectionIds) =>
      [...new Set(connectionIds)].flatMap((connection) => {
        const wait = waits.get(connection)
        return wait && Date.parse(wait.until) > clock.now() ? [{ ...wait, connection }] : []
      }),
  }
}
