/** The address of the window: a scheme of the app's own, so that neither a file nor a server on the network is it. */

export const ownScheme = 'app'
export const ownHost = 'patchbay'
export const startAddress = `${ownScheme}://${ownHost}/`

/** Exactly ours: `app://patchbay.evil/`, `app://patchbay@evil/` and `app://patchbay:80/` are not. */
export function isOwnAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${ownScheme}:` && host === ownHost && username === '' && password === ''
}
