/**
 * The port of a process that Electron's main process started as a utility process: `process.parentPort`. Node knows no
 * such thing, so it is looked for and described here, without the types of Electron
 * (https://www.electronjs.org/docs/latest/api/parent-port, read 2026-11).
 */
export interface ParentPort {
  readonly postMessage: (message: unknown) => void
  readonly on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => unknown
}

/** undefined: this process was started by Node. */
export function parentPortOf(process: object): ParentPort | undefined {
  // Put there by Electron before the first script runs; nothing else has this name.
  return 'parentPort' in process ? (process.parentPort as ParentPort | undefined) : undefined
}
