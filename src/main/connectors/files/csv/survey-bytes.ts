/** First pass over a CSV file: its hash, its encoding, how its lines end, and a sample of its beginning. */
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { withFileErrors } from '../disk/file-errors.ts'
import type { FilesSettings } from '../settings.ts'
import type { EncodingName } from './charset.ts'

export interface BytesSurvey {
  readonly contentHash: string
  readonly sizeBytes: number
  readonly encoding: EncodingName
  readonly bomBytes: number
  /** Lines end in a carriage return alone (old Mac files). */
  readonly isCarriageReturnOnly: boolean
  readonly notes: readonly string[]
}

const chunkBytes = 64 * 1024
/** Bytes that Windows-1252 leaves undefined. */
const undefinedIn1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d]

export async function surveyBytes(
  path: string,
  wanted: FilesSettings['encoding'],
  signal: AbortSignal,
): Promise<BytesSurvey> {
  const hash = createHash('sha256')
  const counts = createByteCounts()
  let head: Buffer | undefined
  await withFileErrors(path, async () => {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes, signal })) {
      // A read stream without encoding gives Buffers.
      const bytes = chunk as Buffer
      head ??= Buffer.from(bytes)
      hash.update(bytes)
      counts.add(bytes)
    }
  })
  const found = findEncoding(head ?? Buffer.alloc(0), counts, wanted)
  const newline = found.encoding.startsWith('utf-16') ? newlineOfUtf16(head, found) : counts.newline()
  return { contentHash: hash.digest('hex'), sizeBytes: counts.sizeBytes(), ...found, isCarriageReturnOnly: newline }
}

interface ByteCounts {
  readonly add: (chunk: Buffer) => void
  readonly sizeBytes: () => number
  readonly isUtf8: () => boolean
  readonly isAscii: () => boolean
  readonly has: (byte: number) => boolean
  /** True where only carriage returns end lines. */
  readonly newline: () => boolean
}

function createByteCounts(): ByteCounts {
  const seen = new Uint8Array(256)
  let size = 0
  let isValid = true
  let rest: Buffer = Buffer.alloc(0)
  const add = (chunk: Buffer): void => {
    size += chunk.length
    for (let index = 0; index < chunk.length; index++) seen[chunk[index] ?? 0] = 1
    if (!isValid) return
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const end = endOfWholeUtf8(bytes)
    isValid = isUtf8(bytes.subarray(0, end))
    rest = Buffer.from(bytes.subarray(end))
  }
  return {
    add,
    sizeBytes: () => size,
    isUtf8: () => isValid && rest.length === 0,
    isAscii: () => !seen.subarray(128).includes(1),
    has: (byte) => seen[byte] === 1,
    newline: () => seen[0x0a] === 0 && seen[0x0d] === 1,
  }
}

/** Where the last character that may be incomplete begins. */
function endOfWholeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte < 0xc0) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return needed > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

interface FoundEncoding {
  readonly encoding: EncodingName
  readonly bomBytes: number
  readonly notes: readonly string[]
}

function findEncoding(head: Buffer, counts: ByteCounts, wanted: FilesSettings['encoding']): FoundEncoding {
  const marked = markedEncoding(head)
  if (wanted !== 'auto') {
    const bomBytes = marked?.encoding === wanted ? marked.bomBytes : 0
    return { encoding: wanted, bomBytes, notes: [`Encoding ${wanted}, as declared.`] }
  }
  if (marked) return { ...marked, notes: [`Encoding ${marked.encoding} (the file says so).`] }
  const wide = wideWithoutMark(head)
  if (wide) return { encoding: wide, bomBytes: 0, notes: [`Encoding ${wide}, recognised by its zero bytes.`] }
  if (counts.isUtf8())
    return { encoding: 'utf-8', bomBytes: 0, notes: [counts.isAscii() ? 'Plain ASCII text.' : 'Encoding UTF-8.'] }
  return { encoding: 'windows-1252', bomBytes: 0, notes: [guessNote(counts)] }
}

function guessNote(counts: ByteCounts): string {
  const odd = undefinedIn1252.filter((byte) => counts.has(byte))
  const doubt = odd.length > 0 ? ' It holds bytes that Windows-1252 does not know; the rows with them are parked.' : ''
  return `Not UTF-8, so read as Windows-1252 (the usual one in Western Europe). If accents look wrong, declare "encoding".${doubt}`
}

function markedEncoding(head: Buffer): { encoding: EncodingName; bomBytes: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bomBytes: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2 }
  return undefined
}

/** UTF-16 without a mark: in Latin text every second byte is zero. */
function wideWithoutMark(head: Buffer): EncodingName | undefined {
  const length = Math.min(head.length, 4096) & ~1
  if (length < 8) return undefined
  const zeros = [0, 0]
  for (let index = 0; index < length; index++) if (head[index] === 0) zeros[index & 1] = (zeros[index & 1] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > length * 0.3 && even < length * 0.05) return 'utf-16le'
  if (even > length * 0.3 && odd < length * 0.05) return 'utf-16be'
  return undefined
}

function newlineOfUtf16(head: Buffer | undefined, { encoding }: FoundEncoding): boolean {
  if (!head) return false
  const even = head.subarray(0, head.length & ~1)
  const text = (encoding === 'utf-16be' ? Buffer.from(even).swap16() : even).toString('utf16le')
  return !text.includes('\n') && text.includes('\r')
}
