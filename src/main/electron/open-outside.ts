/** Links to the web open in the person's browser, after a look at where they lead. The only file that may start another program. */
import { dialog, shell } from 'electron'

const longestAddress = 2_000

/** The address as it may be opened, or null: only https, without a user name that could pose as a host. */
export function outsideAddress(text: string): URL | null {
  if (text.length > longestAddress || !URL.canParse(text)) return null
  const address = new URL(text)
  return address.protocol === 'https:' && address.username === '' && address.password === '' ? address : null
}

export async function openOutside(text: string): Promise<void> {
  const address = outsideAddress(text)
  if (!address) return
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Open ${address.host} in the browser?`,
    detail: address.href,
    buttons: ['Open', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  })
  if (response === 0) await shell.openExternal(address.href)
}
