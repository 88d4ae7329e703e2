/**
 * The parts of a workbook: a ZIP archive read within limits. yauzl does not compare checksums, and a damaged sheet may
 * still be readable XML with other digits in it: so each part is checked against its CRC-32 when it has been read whole.
 */
import { open as openFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import type yauzl from 'yauzl'
import { AppError } from '#shared/errors.ts'
import { fileError, withFileErrors } from '../disk/file-errors.ts'
import { xlsxError } from './xlsx-errors.ts'

const mib = 1024 * 1024
const mostEntries = 10_000
/** Above this size a part must not be packed tighter than `largestRatio`. */
const ratioFromBytes = 10 * mib
const largestRatio = 200
const oleMagic = 'd0cf11e0a1b11ae1'

export interface ZipParts {
  readonly file: string
  readonly names: readonly string[]
  readonly has: (name: string) => boolean
  /** Chunks of an unpacked part; throws at the end where its checksum is wrong. */
  readonly read: (name: string, capBytes: number) => AsyncGenerator<Buffer>
  readonly close: () => void
}

/** Throws AppError: `workbook-protected`, `workbook-not-a-workbook`, `workbook-damaged`, `workbook-suspicious`, `workbook-empty`. */
export async function openZip(path: string): Promise<ZipParts> {
  const file = basename(path)
  await refuseForeign(path, file)
  const zip = await openArchive(path, file)
  try {
    const entries = await listEntries(zip, file)
    const entryOf = (name: string): yauzl.Entry => {
      const entry = entries.get(name.toLowerCase())
      if (!entry) throw xlsxError('damaged', file, `part ${name} is missing`)
      return entry
    }
    return {
      file,
      names: [...entries.keys()],
      has: (name) => entries.has(name.toLowerCase()),
      read: (name, capBytes) => readPart({ zip, file, name, capBytes, entry: entryOf(name) }),
      close: () => zip.close(),
    }
  } catch (thrown) {
    zip.close()
    throw thrown
  }
}

async function refuseForeign(path: string, file: string): Promise<void> {
  const head = await withFileErrors(path, async () => {
    await using handle = await openFile(path)
    const buffer = Buffer.alloc(8)
    const { bytesRead } = await handle.read(buffer, 0, 8, 0)
    return buffer.subarray(0, bytesRead)
  })
  if (head.length === 0) throw xlsxError('empty', file, 'no bytes')
  if (head.toString('hex') === oleMagic) throw xlsxError('protected', file, 'OLE compound file')
  if (head.toString('latin1', 0, 2) !== 'PK') throw xlsxError('not-a-workbook', file, 'no ZIP signature')
}

async function openArchive(path: string, file: string): Promise<yauzl.ZipFile> {
  try {
    // Loaded with the first workbook: most data folders never see one, and it takes memory.
    const { default: reader } = await import('yauzl')
    return await reader.openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: false })
  } catch (thrown) {
    const trouble = fileError(thrown, path)
    throw trouble instanceof AppError ? trouble : xlsxError('damaged', file, String(thrown), thrown)
  }
}

async function listEntries(zip: yauzl.ZipFile, file: string): Promise<ReadonlyMap<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= mostEntries) throw xlsxError('suspicious', file, `more than ${mostEntries} parts`)
      entries.set(entry.fileName.replaceAll('\\', '/').replace(/^\//, '').toLowerCase(), entry)
    }
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : xlsxError('damaged', file, String(thrown), thrown)
  }
  return entries
}

interface PartReading {
  readonly zip: yauzl.ZipFile
  readonly file: string
  readonly name: string
  readonly capBytes: number
  readonly entry: yauzl.Entry
}

async function* readPart({ zip, file, name, capBytes, entry }: PartReading): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw xlsxError('protected', file, `part ${name} is encrypted`)
  const { uncompressedSize, compressedSize } = entry
  if (uncompressedSize > ratioFromBytes && uncompressedSize > compressedSize * largestRatio) {
    throw xlsxError('suspicious', file, `part ${name}: ${compressedSize} bytes unpack to ${uncompressedSize}`)
  }
  if (uncompressedSize > capBytes) throw xlsxError('too-large', file, `part ${name} has ${uncompressedSize} bytes`)
  let stream: Readable | undefined
  let checksum = 0
  try {
    stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream) {
      // A read stream without encoding gives Buffers.
      const bytes = chunk as Buffer
      checksum = crc32(bytes, checksum)
      yield bytes
    }
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : xlsxError('damaged', file, `part ${name}: ${String(thrown)}`, thrown)
  } finally {
    stream?.destroy()
  }
  if (checksum !== entry.crc32) throw xlsxError('damaged', file, `part ${name}: checksum does not match`)
}
