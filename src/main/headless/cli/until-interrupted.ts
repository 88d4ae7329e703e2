/** Waits until a person or the system asks this process to end. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
    // Waiting for a signal alone does not keep a process alive.
    const keepAlive = setInterval(() => undefined, 60_000)
    process.once('SIGINT', () => clearInterval(keepAlive))
    process.once('SIGTERM', () => clearInterval(keepAlive))
  })
}
