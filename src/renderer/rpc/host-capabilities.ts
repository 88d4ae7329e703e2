/** What only the host of the window can do: the desktop asks the person where to, the browser has its own ways. */
import { readEnvelope } from '#shared/contract/envelope.ts'
import type { DesktopBridge, PathKind } from '#shared/desktop-bridge.ts'
import { AppError } from '#shared/errors.ts'

export interface HostCapabilities {
  /** Rejects with AppError where it cannot be saved. */
  readonly saveText: (name: string, text: string) => Promise<void>
  /** What the window shows, as a PDF. Where that fails the host itself says so. */
  readonly savePage: () => void
  /** Answers the path a person chose, or null. Undefined where the host cannot ask: a browser keeps paths to itself. */
  readonly choosePath?: (kind: PathKind) => Promise<string | null>
}

export function desktopCapabilities(desktop: DesktopBridge): HostCapabilities {
  return {
    saveText: async (name, text) => void check(await desktop.saveText({ name, text })),
    savePage: () => void desktop.savePageAsPdf({ name: 'Patchbay.pdf' }),
    choosePath: async (kind) => pathIn(await desktop.choosePath({ kind })),
  }
}

function check(answer: unknown): unknown {
  const envelope = readEnvelope(answer)
  if (envelope.ok) return envelope.value
  throw new AppError(envelope.error)
}

function pathIn(answer: unknown): string | null {
  // Looked into as an object with unknown parts.
  const path = (check(answer) as Readonly<Record<string, unknown>> | null)?.path
  return typeof path === 'string' ? path : null
}

/** A dialog that was open when printing was asked for is gone by then. */
const dialogClosesMs = 400

export const browserCapabilities: HostCapabilities = {
  saveText: async (name, text) => {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    const link = document.createElement('a')
    link.href = address
    link.download = name
    link.click()
    URL.revokeObjectURL(address)
  },
  savePage: () => void setTimeout(() => print(), dialogClosesMs),
}
