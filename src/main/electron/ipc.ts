/** The only listeners for messages of windows. Each message is answered only to the app's own page in a window of ours. */
import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import type { Envelope } from '#shared/contract/contract.ts'
import { desktopChannels } from '#shared/desktop-bridge.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import { isOwnAddress } from './own-address.ts'

export interface IpcParts {
  readonly isOurs: (contents: WebContents) => boolean
  /** A message for the core. */
  readonly onCoreMessage: (contents: WebContents, message: unknown) => void
  /** Answers what only the desktop can do. Never rejects. */
  readonly answerDesktop: (name: unknown, input: unknown) => Promise<Envelope>
  readonly log: (message: string) => void
}

const forbidden: ErrorInfo = {
  kind: 'bug',
  code: 'sender-not-trusted',
  message: 'Something that is not the window of Patchbay asked for something.',
  kept: 'Nothing was done and nothing has changed.',
  next: 'Copy the details and report them.',
}

export function registerIpc(parts: IpcParts): void {
  ipcMain.on(desktopChannels.core, (event, message: unknown) => {
    if (isTrusted(event, parts.isOurs)) parts.onCoreMessage(event.sender, message)
    else parts.log('a message of a foreign page was ignored')
  })
  ipcMain.handle(desktopChannels.desktop, async (event, name: unknown, input: unknown): Promise<Envelope> => {
    if (isTrusted(event, parts.isOurs)) return parts.answerDesktop(name, input)
    parts.log('a call of a foreign page was refused')
    return { ok: false, error: forbidden }
  })
}

type Sent = Pick<IpcMainEvent | IpcMainInvokeEvent, 'sender' | 'senderFrame'>

/** Read at once: the frame is null after a navigation (https://www.electronjs.org/docs/latest/api/structures/ipc-main-event, read 2026-11). */
function isTrusted({ sender, senderFrame: frame }: Sent, isOurs: IpcParts['isOurs']): boolean {
  if (!frame || frame.parent !== null || frame.detached) return false
  return isOwnAddress(frame.url) && isOurs(sender)
}
