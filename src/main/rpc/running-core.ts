/** A core that runs elsewhere (a worker, a process), as its host sees it. */

import type { LinkTransport } from '#shared/contract/link-transport.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import type { PowerState } from './core-port.ts'

export interface RunningCore extends Pick<LinkTransport, 'send' | 'subscribe'> {
  /** Asks for a sign of life; the number of pongs so far tells whether one came. */
  readonly ping: () => void
  readonly pongCount: () => number
  /** Tells it that the computer falls asleep, or is awake again. */
  readonly tellPower: (state: PowerState) => void
  /** Ends it at once, whatever it does: for a core that no longer answers. */
  readonly kill: () => Promise<void>
  /** Lets it stop at a safe place; after `patienceMs` it is ended. */
  readonly stop: (patienceMs: number) => Promise<void>
  /** Resolves when it has ended, for whatever reason. All its open calls have been answered by then. */
  readonly ended: Promise<ErrorInfo>
}
