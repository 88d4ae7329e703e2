/** A workbook: its sheets, its date system, what its cell styles mean, and its texts. */
import { posix } from 'node:path'
import { type NumberKind, numberKind } from './number-format.ts'
import { readSharedStrings, type SharedStrings } from './shared-strings.ts'
import { xlsxError } from './xlsx-errors.ts'
import { readXml } from './xml-events.ts'
import { openZip, type ZipParts } from './zip-parts.ts'

export interface Sheet {
  readonly name: string
  readonly isHidden: boolean
  readonly part: string
}

export interface Workbook {
  readonly parts: ZipParts
  readonly sheets: readonly Sheet[]
  readonly is1904: boolean
  /** By style index of a cell. */
  readonly styles: readonly NumberKind[]
  /** Read on first use. */
  readonly strings: () => Promise<SharedStrings>
  readonly close: () => void
}

interface Relation {
  readonly type: string
  readonly target: string
}

/** Throws the AppErrors of `openZip`, and `workbook-not-a-workbook` for another kind of ZIP. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const parts = await openZip(path)
  try {
    return await readWorkbook(parts)
  } catch (thrown) {
    parts.close()
    throw thrown
  }
}

async function readWorkbook(parts: ZipParts): Promise<Workbook> {
  const root = await relationsOf(parts, '')
  const main = ofType(root, 'officeDocument')
  if (!main || !parts.has(main)) throw xlsxError('not-a-workbook', parts.file, 'no workbook part')
  const relations = await relationsOf(parts, main)
  const { sheets, is1904 } = await readSheets(parts, main, relations)
  const styles = ofType(relations, 'styles')
  const strings = ofType(relations, 'sharedStrings')
  let table: Promise<SharedStrings> | undefined
  return {
    parts,
    sheets,
    is1904,
    styles: styles && parts.has(styles) ? await readStyles(parts, styles) : [],
    strings: () => {
      table ??= strings ? readSharedStrings(parts, strings) : Promise.resolve({ count: () => 0, get: () => undefined })
      return table
    },
    close: parts.close,
  }
}

function ofType(relations: ReadonlyMap<string, Relation>, type: string): string | undefined {
  return [...relations.values()].find((relation) => relation.type === type)?.target
}

/** Relations of a part by id; targets become names of parts, whether they are absolute or relative. */
async function relationsOf(parts: ZipParts, part: string): Promise<ReadonlyMap<string, Relation>> {
  const folder = posix.dirname(part)
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const relations = new Map<string, Relation>()
  if (!parts.has(name)) return relations
  await readXml(parts, name, {
    open: (tag, attributes) => {
      const { Id, Type, Target } = attributes
      if (tag !== 'Relationship' || !Id || !Type || !Target || attributes.TargetMode === 'External') return
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
      relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target })
    },
  })
  return relations
}

async function readSheets(parts: ZipParts, main: string, relations: ReadonlyMap<string, Relation>) {
  const sheets: Sheet[] = []
  let is1904 = false
  await readXml(parts, main, {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') is1904 = isTrue(attributes.date1904)
      if (tag !== 'sheet') return
      const idName = Object.keys(attributes).find((name) => name.endsWith(':id')) ?? ''
      const relation = relations.get(attributes[idName] ?? '')
      if (relation?.type !== 'worksheet') return
      sheets.push({
        name: attributes.name ?? '',
        isHidden: (attributes.state ?? 'visible') !== 'visible',
        part: relation.target,
      })
    },
  })
  return { sheets, is1904 }
}

async function readStyles(parts: ZipParts, name: string): Promise<readonly NumberKind[]> {
  const codes = new Map<number, string>()
  const styles: NumberKind[] = []
  let isCellFormat = false
  await readXml(parts, name, {
    open: (tag, attributes) => {
      if (tag === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      else if (tag === 'cellXfs') isCellFormat = true
      else if (tag === 'xf' && isCellFormat) {
        const id = Number(attributes.numFmtId ?? 0)
        styles.push(numberKind(id, codes.get(id)))
      }
    },
    close: (tag) => {
      if (tag === 'cellXfs') isCellFormat = false
    },
  })
  return styles
}

export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}
