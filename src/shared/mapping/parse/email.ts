/** E-mail addresses: one form for the same mailbox, and a plain check of what can be delivered to at all. */
import { cleanText, trimText } from './text.ts'

const plainAddress = /^[a-z0-9._%+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,62})\.)+[a-z]{2,63}$/
const forbidden = /[\s@<>()[\],;:"\\]/

/** The address in small letters, without mailto:, display name, dots at the end and invisible characters; undefined if it is none. */
export function readEmail(text: string): string | undefined {
  const lower = text.toLowerCase()
  if (plainAddress.test(lower) && isDotted(lower.slice(0, lower.indexOf('@')))) return lower
  const address = bareAddress(trimText(cleanText(text)))
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const domain = address.slice(at + 1).replace(/\.$/, '')
  if (at < 1 || address.length > 254) return undefined
  return isLocalPart(local) && isDomain(domain) ? `${local}@${domain}`.toLowerCase() : undefined
}

function bareAddress(text: string): string {
  const named = /<([^<>]*)>$/.exec(text)
  const address = named?.[1] ?? text
  return trimText(address.replace(/^mailto:/i, ''))
}

function isLocalPart(local: string): boolean {
  return local.length <= 64 && !forbidden.test(local) && isDotted(local)
}

function isDotted(local: string): boolean {
  return !local.startsWith('.') && !local.endsWith('.') && !local.includes('..')
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.')
  if (labels.length < 2 || forbidden.test(domain)) return false
  const areLabels = labels.every(
    (label) => /^[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]{0,62})$/u.test(label) && !label.endsWith('-'),
  )
  return areLabels && !/^\d+$/.test(labels.at(-1) ?? '')
}
