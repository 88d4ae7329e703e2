/** A line to a core that runs elsewhere, in a worker thread or a process of its own, and the way to end it. */

import type { Link } from '#shared/contract/link.ts'
import type { ErrorInfo } from '#shared/errors.ts'

export interface CoreChannel extends Link {
  /** Ends it at once, whatever it does; resolves when it is gone. */
  readonly kill: () => Promise<void>
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<ErrorInfo>
}
