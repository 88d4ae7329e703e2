/** Makes workbooks for tests, part by part, so that odd ones can be made too. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yazl from 'yazl'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships'

export interface WorkbookParts {
  /** Inside <worksheet>: sheetData and what follows; or a stream of the whole part. */
  readonly sheet: string | Iterable<Buffer>
  readonly strings?: readonly string[]
  readonly is1904?: boolean
  readonly second?: string
  readonly extra?: Readonly<Record<string, string>>
}

/** Styles: 0 plain, 1 date, 2 yyyy-mm-dd, 3 "day" 0.00, 4 [Red]0.00, 5 [h]:mm:ss, 6 date and time, 7 h:mm */
const styles = `<styleSheet xmlns="${main}"><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="&quot;day&quot; 0.00"/><numFmt numFmtId="166" formatCode="[Red]0.00"/><numFmt numFmtId="167" formatCode="[h]:mm:ss"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${[0, 14, 164, 165, 166, 167, 22, 20].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`

export async function makeWorkbook(path: string, parts: WorkbookParts): Promise<void> {
  const zip = new yazl.ZipFile()
  const add = (name: string, xml: string): void => zip.addBuffer(Buffer.from(head + xml), name)
  add('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
  add(
    '_rels/.rels',
    `<Relationships xmlns="${relationships}"><Relationship Id="r" Type="${office}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
  )
  const second = parts.second === undefined ? '' : `<sheet name="${parts.second}" sheetId="2" r:id="r4"/>`
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${parts.is1904 ? ' date1904="1"' : ''}/><sheets><sheet name="A &amp; B" sheetId="1" r:id="r1"/>${second}</sheets></workbook>`,
  )
  add(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${relationships}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/><Relationship Id="r3" Type="${office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r4" Type="${office}/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
  )
  add('xl/styles.xml', styles)
  add(
    'xl/sharedStrings.xml',
    `<sst xmlns="${main}">${(parts.strings ?? []).map((si) => `<si>${si}</si>`).join('')}</sst>`,
  )
  if (parts.second !== undefined)
    add(
      'xl/worksheets/sheet2.xml',
      `<worksheet xmlns="${main}"><sheetData><row><c t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`,
    )
  for (const [name, xml] of Object.entries(parts.extra ?? {})) add(name, xml)
  if (typeof parts.sheet === 'string')
    add('xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}">${parts.sheet}</worksheet>`)
  else zip.addReadStream(Readable.from(parts.sheet), 'xl/worksheets/sheet1.xml')
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
}
