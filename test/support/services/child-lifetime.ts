/** Keeps a test service from outliving its test: it ends with its parent (stdin closes) and after a maximal life time. */

/** Call once at start. `maxLifeMs` counts from now; default ten minutes. */
export function endWithParent(maxLifeMs = 600_000): void {
  process.stdin.on('end', () => process.exit(0))
  process.stdin.on('close', () => process.exit(0))
  process.stdin.on('error', () => process.exit(0))
  process.stdin.resume()
  setTimeout(() => process.exit(0), maxLifeMs).unref()
}
