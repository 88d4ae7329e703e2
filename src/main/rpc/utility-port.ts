/** The port of a core in a utility process of Electron, as core-port.ts wants it: its events unwrapped. */
import { parentPortOf } from '#shared/parent-port.ts'
import type { PortLike } from './core-port.ts'

/** null: this process was not started by Electron. */
export function utilityPort(process: object): PortLike | null {
  const parent = parentPortOf(process)
  if (!parent) return null
  return {
    postMessage: (message) => parent.postMessage(message),
    on: (event, listener) => parent.on(event, ({ data }) => listener(data)),
  }
}
