/**
 * The table of texts that cells point into. Kept as UTF-8 bytes and offsets, and decoded on use: as JavaScript
 * strings 300,000 of them took several times the memory.
 */
import { xlsxError } from './xlsx-errors.ts'
import { xmlEvents } from './xml-events.ts'
import type { ZipParts } from './zip-parts.ts'

export interface SharedStrings {
  readonly count: () => number
  readonly get: (index: number) => string | undefined
}

const partCapBytes = 256 * 1024 * 1024
const tableCapBytes = 48 * 1024 * 1024

/** Throws AppError (`workbook-too-large`) where the table would break the memory budget. */
export async function readSharedStrings(parts: ZipParts, name: string): Promise<SharedStrings> {
  const table = createTable(parts.file)
  let text = ''
  let phonetic = 0
  let isText = false
  const on = {
    open: (tag: string): void => {
      if (tag === 'si') text = ''
      else if (tag === 'rPh') phonetic += 1
      else if (tag === 't') isText = phonetic === 0
    },
    text: (part: string): void => {
      if (isText) text += part
    },
    close: (tag: string): void => {
      if (tag === 't') isText = false
      else if (tag === 'rPh') phonetic -= 1
      else if (tag === 'si') table.add(unescapeText(text))
    },
  }
  for await (const _slice of xmlEvents(parts, name, { capBytes: partCapBytes, on }));
  return table
}

/** Excel writes characters that XML does not allow as _x000D_, and an underscore before such a sequence as _x005F_. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

interface StringTable extends SharedStrings {
  readonly add: (text: string) => void
}

function createTable(file: string): StringTable {
  let bytes = Buffer.allocUnsafe(64 * 1024)
  let ends = new Uint32Array(1024)
  let count = 0
  let length = 0
  const add = (text: string): void => {
    const needed = length + text.length * 3
    if (length > tableCapBytes) throw xlsxError('too-large', file, 'the table of texts is too large')
    if (needed > bytes.length) bytes = grown(bytes, length, needed)
    if (count + 1 > ends.length) {
      const more = new Uint32Array(ends.length * 2)
      more.set(ends)
      ends = more
    }
    length += bytes.write(text, length)
    ends[count] = length
    count += 1
  }
  const get = (index: number): string | undefined =>
    Number.isInteger(index) && index >= 0 && index < count
      ? bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index])
      : undefined
  return { add, get, count: () => count }
}

function grown(bytes: Buffer, length: number, needed: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.max(needed, Math.floor(bytes.length * 1.5)))
  bytes.copy(larger, 0, 0, length)
  return larger
}
