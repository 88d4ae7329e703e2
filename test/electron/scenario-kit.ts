/** What the scenarios share: the built bundle, its window, a client as the page has one, and waiting. */
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createDesktopSession, findDesktop } from '#renderer/rpc/desktop-session.ts'
import type { TimedClient } from '#shared/contract/client.ts'
import { createLinkTransport } from '#shared/contract/link-transport.ts'
import type { DesktopBridge } from '#shared/desktop-bridge.ts'
import { record } from '#test/support/fake-electron/record.ts'
import type { FakeWindow } from '#test/support/fake-electron/window.ts'

/** The bundle of this project, or that of a package that was unpacked. */
export const builtIndex =
  process.env.PATCHBAY_TEST_INDEX ?? fileURLToPath(new URL('../../out/main/index.js', import.meta.url))

const reportMark = 'scenario report: '

export function report(facts: object): string {
  return `\n${reportMark}${JSON.stringify(facts)}\n`
}

/** The facts of a scenario from what its process printed, or undefined. */
export function readReport(output: string): unknown {
  const line = output.split('\n').find((text) => text.startsWith(reportMark))
  return line === undefined ? undefined : JSON.parse(line.slice(reportMark.length))
}

/** Throws with what was asked for when it does not come true within 20 s. */
export async function until<T>(what: string, look: () => T | undefined | false | null): Promise<T> {
  for (let time = 0; time < 1_000; time += 1) {
    const found = look()
    if (found) return found
    await sleep(20)
  }
  throw new Error(`this did not happen: ${what}; ${record.errors.join('; ')}`)
}

export function untilWindow(): Promise<FakeWindow> {
  return until('a window', () => record.windows.at(-1))
}

export function bridgeOf(window: FakeWindow): DesktopBridge {
  const bridge = findDesktop(window.webContents.exposed)
  if (!bridge) throw new Error('the preload offers no bridge')
  return bridge
}

export function clientOf(window: FakeWindow): TimedClient {
  const startTimer = (durationMs: number, action: () => void): (() => void) => {
    const timer = setTimeout(action, durationMs)
    return () => clearTimeout(timer)
  }
  return createDesktopSession(createLinkTransport(bridgeOf(window)), startTimer).client
}
