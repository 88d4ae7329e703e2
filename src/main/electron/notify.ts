/** A message on the desktop; a click opens the window. Kept until it is gone, or its click would be lost. */
import { Notification } from 'electron'

const open = new Set<Notification>()

export function notify(title: string, body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  const forget = (): void => void open.delete(notification)
  open.add(notification)
  notification.on('click', () => {
    forget()
    onClick()
  })
  notification.on('close', forget)
  notification.on('failed', forget)
  notification.show()
}
