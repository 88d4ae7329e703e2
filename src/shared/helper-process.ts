/**
 * A process that helps the core: the one that talks to the keychain, a practice service. Under Node the core starts
 * them itself; a packaged Electron would start the whole app a second time instead of a script, so there the host
 * starts them when the core asks, by name.
 */
export const helperNames = ['keychain', 'practice-crm', 'practice-books', 'practice-list'] as const
export type HelperName = (typeof helperNames)[number]

export interface HelperProcess {
  readonly post: (message: unknown) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  /** Resolves when it is gone, for whatever reason. */
  readonly ended: Promise<void>
  /** Ends it at once. */
  readonly kill: () => void
}

/** Messages may be posted at once; they wait until the process listens. */
export type StartHelper = (name: HelperName, args: readonly string[]) => HelperProcess
