/** How a service wants to know who asks, from the security schemes of its OpenAPI document. */
import { isJsonObject, type JsonObject } from '#shared/json.ts'
import type { AuthSettings } from '../rest-settings.ts'
import type { OpenApiDocument } from './openapi-document.ts'

/** The first scheme that a REST connection knows; none, with a note, where the document describes none. */
export function authOf(document: OpenApiDocument): AuthSettings {
  const { components } = document.root
  const schemes = isJsonObject(components) && isJsonObject(components.securitySchemes) ? components.securitySchemes : {}
  const known = Object.values(schemes).flatMap((node) => {
    const scheme = document.resolve(node)
    return scheme ? (settingsOf(scheme) ?? []) : []
  })
  const [first] = known
  if (first) return first
  document.note('The document names no key it knows the caller by; choose the way of sign-in if the service wants one.')
  return { kind: 'none' }
}

/** https://spec.openapis.org/oas/v3.1.0#security-scheme-object (2026-11-26) */
function settingsOf({ type, scheme, in: place, name }: JsonObject): AuthSettings | undefined {
  if (type === 'oauth2' || type === 'openIdConnect') return { kind: 'bearer' }
  if (type === 'http') return httpScheme(String(scheme).toLowerCase())
  if (type !== 'apiKey' || typeof name !== 'string') return undefined
  if (place === 'query') return { kind: 'query', parameter: name }
  return place === 'header' && /^[\w-]+$/.test(name) ? { kind: 'header', header: name } : undefined
}

function httpScheme(scheme: string): AuthSettings | undefined {
  if (scheme === 'bearer') return { kind: 'bearer' }
  return scheme === 'basic' ? { kind: 'basic', username: '' } : undefined
}
