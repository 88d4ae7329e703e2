/** Whatever shows a page goes nowhere but to the app itself, opens nothing and embeds nothing. */
import type { WebContents } from 'electron'
import { isOwnAddress } from './own-address.ts'

interface Leaving {
  readonly url: string
  readonly preventDefault: () => void
}

/** For each of the app's contents, from the moment it exists. `openOutside` gets the links that would open a window. */
export function guardContents(contents: WebContents, openOutside: (address: string) => void): void {
  const stay = (leaving: Leaving): void => {
    if (!isOwnAddress(leaving.url)) leaving.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
}
