/** The bytes of a CSV file from behind its byte order mark; UTF-16 comes out as UTF-8. */
import { createReadStream } from 'node:fs'
import { fileError } from '../disk/file-errors.ts'
import type { EncodingName } from './charset.ts'

const chunkBytes = 64 * 1024

export interface CsvBytesOptions {
  readonly path: string
  readonly encoding: EncodingName
  readonly bomBytes: number
  /** Sees every byte of the file, byte order mark included, before it is parsed. */
  readonly onRaw?: (chunk: Buffer) => void
}

/** Throws AppError for trouble of the file system. */
export async function* csvBytes({ path, encoding, bomBytes, onRaw }: CsvBytesOptions): AsyncGenerator<Buffer> {
  const turn = encoding.startsWith('utf-16') ? utf16Turner(encoding === 'utf-16be') : undefined
  let skip = bomBytes
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
      // A read stream without encoding gives Buffers.
      const raw = chunk as Buffer
      onRaw?.(raw)
      const body = raw.subarray(skip)
      skip = Math.max(0, skip - raw.length)
      if (body.length > 0) yield turn ? turn.push(body) : body
    }
    if (turn) yield turn.end()
  } catch (thrown) {
    throw fileError(thrown, path)
  }
}

interface Turner {
  readonly push: (chunk: Buffer) => Buffer
  readonly end: () => Buffer
}

function utf16Turner(isBigEndian: boolean): Turner {
  let rest: Buffer = Buffer.alloc(0)
  const turn = (bytes: Buffer): Buffer =>
    toUtf8((isBigEndian ? Buffer.from(bytes).swap16() : bytes).toString('utf16le'))
  return {
    push: (chunk) => {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const end = wholeCharacters(bytes, isBigEndian)
      rest = Buffer.from(bytes.subarray(end))
      return turn(bytes.subarray(0, end))
    },
    // An odd last byte is no character: it is passed on as a byte that UTF-8 does not know, so that its row says so.
    end: () => Buffer.concat([turn(rest.subarray(0, rest.length & ~1)), Buffer.alloc(rest.length & 1, 0xff)]),
  }
}

/** End of the last whole character: an even offset that does not cut a surrogate pair. */
function wholeCharacters(bytes: Buffer, isBigEndian: boolean): number {
  const even = bytes.length & ~1
  if (even === 0) return 0
  const lastUnit = isBigEndian ? bytes.readUInt16BE(even - 2) : bytes.readUInt16LE(even - 2)
  return lastUnit >= 0xd800 && lastUnit <= 0xdbff ? even - 2 : even
}

/** Half surrogates become bytes that are no UTF-8, never a silent replacement character. */
function toUtf8(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8')
  const parts = Array.from(text, (char) => (char.isWellFormed() ? Buffer.from(char, 'utf8') : Buffer.from([0xff])))
  return Buffer.concat(parts)
}
