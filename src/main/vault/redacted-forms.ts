/** In which shapes a secret may stand in a text: as it is, escaped for JSON, URL, form, HTML, or inside base64 (as in a Basic authorization header). */

const shortestForm = 4
const shortestLine = 16
const shortestLeaf = 12

/** The pieces of a secret that are secret by themselves: itself, long lines of it, and the tokens of a JSON document. */
export function secretPieces(value: string): string[] {
  const lines = value.split(/\r?\n/).filter((line) => line.length >= shortestLine && !/^-----/.test(line))
  return [value, value.trim(), ...lines, ...jsonTokens(value)]
}

/** Texts of a JSON secret that look like tokens; addresses, dates and sentences would only make logs unreadable. */
function jsonTokens(value: string): string[] {
  if (!/^\s*[{[]/.test(value)) return []
  const tokens: string[] = []
  try {
    JSON.parse(value, (_key, item: unknown) => {
      if (typeof item === 'string' && isTokenLike(item)) tokens.push(item)
      return item
    })
  } catch {
    return []
  }
  return tokens
}

function isTokenLike(text: string): boolean {
  return text.length >= shortestLeaf && !/\s/.test(text) && !/^https?:\/\//.test(text) && !/^\d{4}-\d\d-\d\d/.test(text)
}

/** All shapes of one piece, without repetition. Shapes below four characters are left out: they stand in every text. */
export function formsOf(piece: string): string[] {
  const inJson = JSON.stringify(piece).slice(1, -1)
  const inUrl = percentForms(piece)
  const forms = [
    piece,
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    asciiJson(inJson),
    inHtml(piece),
    ...inUrl,
    ...base64Forms(Buffer.from(piece)),
    Buffer.from(piece).toString('hex'),
    Buffer.from(piece).toString('hex').toUpperCase(),
  ]
  return [...new Set(forms)].filter((form) => form.length >= shortestForm)
}

function percentForms(piece: string): string[] {
  const encoded = encodeURIComponent(piece.toWellFormed())
  const strict = encoded.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const form = new URLSearchParams([['', piece]]).toString().slice(1)
  return [encoded, strict, form].flatMap((text) => [text, text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())])
}

function asciiJson(inJson: string): string {
  return inJson.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function inHtml(piece: string): string {
  return piece.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

/** Base64 of the secret alone, and the part of it that is always the same when it stands inside a longer text, at each of the three offsets. */
function base64Forms(bytes: Buffer): string[] {
  const whole = bytes.toString('base64')
  const inside = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const first = offset === 0 ? 0 : offset + 1
    const isCut = (offset + bytes.length) % 3 !== 0
    return text.slice(first, isCut ? -1 : undefined)
  })
  // A short piece of base64 would stand in many texts by chance.
  return [whole, ...inside.filter((text) => text.length >= 6)].flatMap((text) => [
    text,
    text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''),
  ])
}
