/** Waits for the wish to stop: Ctrl+C or a polite end by the system. A second one ends the process at once. */

export interface StopSignals {
  /** Resolves with the first signal. */
  readonly asked: Promise<void>
  readonly release: () => void
}

/** 128 and the number of the signal, as shells count. */
const forcedExitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

export function onStopSignal(): StopSignals {
  const { promise, resolve } = Promise.withResolvers<void>()
  let isAsked = false
  const listeners = Object.entries(forcedExitCodes).map(([signal, exitCode]) => {
    const listener = (): void => {
      if (isAsked) process.exit(exitCode)
      isAsked = true
      resolve()
    }
    process.on(signal, listener)
    return { signal, listener }
  })
  const release = (): void => {
    for (const { signal, listener } of listeners) process.off(signal, listener)
  }
  return { asked: promise, release }
}
