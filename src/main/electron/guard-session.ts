/** What pages of the window's session may ask for: next to nothing. Electron grants every permission unless told otherwise. */
import type { Session } from 'electron'
import { isOwnAddress } from './own-address.ts'

/** Putting a text into the clipboard: the window offers to copy errors and keys. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** `devtools:` is asked for where the developer tools are open, which only happens from the sources. */
const allowedSchemes: ReadonlySet<string> = new Set(['data:', 'devtools:'])

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(allowedPermissions.has(permission) && isOwnAddress(requestingUrl)),
  )
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => allowedPermissions.has(permission) && isOwnAddress(origin),
  )
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  // The window needs no network: its files are the app's, its data comes from the core.
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowedRequest(url) }))
}

function isAllowedRequest(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol } = new URL(url)
  return protocol === 'app:' ? isOwnAddress(url) : allowedSchemes.has(protocol)
}
