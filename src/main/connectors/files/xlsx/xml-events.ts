/**
 * Reads a part of a workbook as XML events. Text goes to the parser in small slices and the caller gets control after
 * each, so that rows are handed on while the sheet is still being unpacked. The first error of the parser ends it:
 * saxes itself only reports and goes on.
 */
import { xlsxError } from './xlsx-errors.ts'
import type { ZipParts } from './zip-parts.ts'

export interface XmlHandler {
  readonly open: (tag: string, attributes: Readonly<Record<string, string>>) => void
  readonly close?: (tag: string) => void
  readonly text?: (text: string) => void
}

type Decoder = InstanceType<typeof TextDecoder>

const sliceBytes = 16 * 1024
/** No cell holds more than 32,767 characters; this is far above what they take as XML. */
const longestTextBytes = 4 * 1024 * 1024

/** Yields after every slice. Throws AppError (`workbook-damaged`, `workbook-too-large`). */
export async function* xmlEvents(
  parts: ZipParts,
  name: string,
  options: { capBytes: number; on: XmlHandler },
): AsyncGenerator<void> {
  const { on } = options
  // Loaded with the first workbook: most data folders never see one, and it takes memory.
  const { SaxesParser } = await import('saxes')
  const parser = new SaxesParser({ xmlns: false, position: false })
  let failure: Error | undefined
  let sinceTag = 0
  parser.on('error', (error) => {
    failure ??= error
  })
  parser.on('opentag', (tag) => {
    sinceTag = 0
    on.open(localName(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    sinceTag = 0
    on.close?.(localName(tag.name))
  })
  if (on.text) parser.on('text', on.text)
  if (on.text) parser.on('cdata', on.text)
  const feed = (text: string): void => {
    parser.write(text)
    if (failure) throw xlsxError('damaged', parts.file, `${name}: ${failure.message}`, failure)
  }
  let decoder: Decoder | undefined
  for await (const chunk of parts.read(name, options.capBytes)) {
    decoder ??= decoderFor(chunk)
    for (let start = 0; start < chunk.length; start += sliceBytes) {
      const slice = chunk.subarray(start, start + sliceBytes)
      sinceTag += slice.length
      feed(decodeSlice(decoder, slice, parts.file, name))
      if (sinceTag > longestTextBytes) throw xlsxError('too-large', parts.file, `${name}: a text without end`)
      yield
    }
  }
  parser.close()
  if (failure) throw xlsxError('damaged', parts.file, `${name}: ${failure.message}`, failure)
  yield
}

/** Reads a small part to its end. */
export async function readXml(parts: ZipParts, name: string, on: XmlHandler): Promise<void> {
  for await (const _slice of xmlEvents(parts, name, { capBytes: smallPartBytes, on }));
}

const smallPartBytes = 16 * 1024 * 1024

function decodeSlice(decoder: Decoder, slice: Buffer, file: string, name: string): string {
  try {
    return decoder.decode(slice, { stream: true })
  } catch (thrown) {
    throw xlsxError('damaged', file, `${name}: not valid text`, thrown)
  }
}

function decoderFor(chunk: Buffer): Decoder {
  const mark = chunk.toString('hex', 0, 2)
  return new TextDecoder(mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8', { fatal: true })
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
