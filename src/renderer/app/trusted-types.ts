/**
 * The only door from text to markup. Mantine writes its style sheets through innerHTML, which Trusted Types refuse
 * without a policy; the default policy lets plain text through and refuses everything that could be an element.
 * Imported first, before any component.
 */
import { setNonce } from 'get-nonce'

interface PolicyMaker {
  readonly createPolicy: (name: 'default', rules: { readonly createHTML: (text: string) => string | null }) => unknown
}

/** Text without a tag as it is, anything else refused (the browser then throws). */
export function textOnly(text: string): string | null {
  return text.includes('<') ? null : text
}

/** The nonce that whatever serves the page has put into it; undefined in the development server. */
export function styleNonce(): string | undefined {
  const content = document.querySelector('meta[name="style-nonce"]')?.getAttribute('content')
  return content && content !== '__STYLE_NONCE__' ? content : undefined
}

export function guardMarkup(): void {
  // The DOM library of TypeScript does not know `trustedTypes` yet; browsers without it have nothing to guard.
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyMaker }
  trustedTypes?.createPolicy('default', { createHTML: textOnly })
  const nonce = styleNonce()
  if (nonce) setNonce(nonce)
}
