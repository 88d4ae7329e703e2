/** An OpenAPI document as read: references resolved inside it, everything else treated as unsure. */
import { parse as parseYaml } from 'yaml'
import { isJsonList } from '#main/connector-kit/body-path.ts'
import { AppError } from '#shared/errors.ts'
import { isJsonObject, type Json, type JsonObject, parseJson } from '#shared/json.ts'

export interface OpenApiDocument {
  readonly root: JsonObject
  /** The object a node stands for, its references followed; undefined (with a note) where they lead nowhere. */
  readonly resolve: (node: Json | undefined) => JsonObject | undefined
  readonly note: (text: string) => void
}

const longestText = 30_000_000
const longestChain = 20
const mostNotes = 200

/** Reads JSON or YAML. Throws AppError (data) for what is no OpenAPI 3 document. */
export function readDocument(text: string, notes: string[]): OpenApiDocument {
  if (text.length > longestText) throw unreadable('The document is larger than 30 MB.')
  const root = parseText(text)
  if (!isJsonObject(root)) throw unreadable('The text is neither JSON nor YAML with an OpenAPI document in it.')
  if (typeof root.swagger === 'string') throw unreadable('This is a Swagger 2 document; convert it to OpenAPI 3 first.')
  if (typeof root.openapi !== 'string' || !/^3\./.test(root.openapi)) {
    throw unreadable('The document does not say that it is OpenAPI 3.')
  }
  const note = (sentence: string): void => {
    if (notes.length < mostNotes && !notes.includes(sentence)) notes.push(sentence)
  }
  const resolve = (node: Json | undefined): JsonObject | undefined => {
    let current = node
    for (let steps = 0; steps < longestChain; steps += 1) {
      if (!isJsonObject(current)) return undefined
      const { $ref: reference } = current
      if (typeof reference !== 'string') return current
      current = follow(root, reference, note)
    }
    note('A reference leads in a circle; it was left out.')
    return undefined
  }
  return { root, resolve, note }
}

function parseText(text: string): Json {
  const clean = text.replace(/^\uFEFF/, '').trim()
  try {
    // YAML holds JSON types only in this schema; aliases are limited against documents that unfold without end.
    return clean.startsWith('{') ? parseJson(clean) : (parseYaml(clean, { schema: 'core', maxAliasCount: 100 }) as Json)
  } catch (thrown) {
    throw unreadable(`The document is not valid JSON or YAML: ${String(thrown).slice(0, 200)}`)
  }
}

function follow(root: JsonObject, reference: string, note: (text: string) => void): Json | undefined {
  if (!reference.startsWith('#/')) {
    note(`The reference ${reference.slice(0, 120)} leads out of the document; it was not followed.`)
    return undefined
  }
  let node: Json | undefined = root
  for (const step of reference.slice(2).split('/').map(unescapeStep)) {
    if (isJsonList(node)) node = node[Number(step)]
    else node = isJsonObject(node) && Object.hasOwn(node, step) ? node[step] : undefined
  }
  if (node === undefined) note(`The reference ${reference.slice(0, 120)} leads nowhere; it was left out.`)
  return node
}

function unescapeStep(step: string): string {
  const plain = step.replaceAll('~1', '/').replaceAll('~0', '~')
  try {
    return decodeURIComponent(plain)
  } catch {
    // A stray percent sign: the step is meant as it stands.
    return plain
  }
}

function unreadable(message: string): AppError {
  return new AppError({
    kind: 'data',
    code: 'openapi-unreadable',
    message,
    kept: 'Nothing was imported.',
    next: 'Choose the OpenAPI 3 document of the service, as JSON or YAML.',
  })
}
