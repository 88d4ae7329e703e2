/** Character encodings of CSV files: how bytes become text, and which bytes do not. */
import iconv from 'iconv-lite'
import type { FilesSettings } from '../settings.ts'

export type EncodingName = Exclude<FilesSettings['encoding'], 'auto'>

export interface Charset {
  readonly name: EncodingName
  /** Text of a field that was read byte by byte (latin1); undefined where the bytes are not valid. */
  readonly decode: (bytes: string) => string | undefined
  /** Shows invalid bytes visibly, for messages. */
  readonly show: (bytes: string) => string
  /** Bytes of a text; undefined where the encoding has no such character. */
  readonly encode: (text: string) => Buffer | undefined
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the question is exactly whether all characters are ASCII
const isAscii = (text: string): boolean => !/[^\x00-\x7f]/.test(text)

/** UTF-16 files are turned into UTF-8 on the way in, so their fields are read as UTF-8. */
export function charsetOf(name: EncodingName): Charset {
  return name.startsWith('utf-') ? unicodeCharset(name) : singleByteCharset(name)
}

function unicodeCharset(name: EncodingName): Charset {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const decode = (bytes: string): string | undefined => {
    if (isAscii(bytes)) return bytes
    try {
      return decoder.decode(Buffer.from(bytes, 'latin1'))
    } catch {
      return undefined
    }
  }
  return {
    name,
    decode,
    show: visible,
    encode: (text) => (text.isWellFormed() ? Buffer.from(text, 'utf8') : undefined),
  }
}

function singleByteCharset(name: EncodingName): Charset {
  const decode = (bytes: string): string | undefined => {
    if (isAscii(bytes)) return bytes
    const text = iconv.decode(Buffer.from(bytes, 'latin1'), name)
    return text.includes('\ufffd') ? undefined : text
  }
  const encode = (text: string): Buffer | undefined => {
    const bytes = iconv.encode(text, name)
    return isAscii(text) || iconv.decode(bytes, name) === text ? bytes : undefined
  }
  return { name, decode, show: visible, encode }
}

function visible(bytes: string): string {
  return bytes.slice(0, 60).replace(/[^ -~]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
