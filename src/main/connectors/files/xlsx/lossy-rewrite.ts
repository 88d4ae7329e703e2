/**
 * Whether a workbook can be written anew without losing what it holds. Patchbay writes values and dates, nothing else:
 * a workbook with formulas, merged cells, several sheets, charts, comments or tables is refused as a destination.
 */
import { basename } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { XlsxTable } from './open-xlsx.ts'
import { openWorkbook } from './workbook.ts'

const harmlessParts = [
  /^\[content_types\]\.xml$/,
  /^_rels\/\.rels$/,
  /^docprops\//,
  /^customxml\//,
  /^xl\/workbook\.xml$/,
  /^xl\/_rels\/workbook\.xml\.rels$/,
  /^xl\/(styles|sharedstrings|metadata|calcchain)\.xml$/,
  /^xl\/theme\//,
  /^xl\/worksheets\/[^/]+\.xml$/,
  /^xl\/worksheets\/_rels\//,
  /^xl\/printersettings\//,
]

/** What a rewrite would lose, in words; empty: nothing but colours, widths and number formats. */
export async function lossesOf(table: XlsxTable): Promise<readonly string[]> {
  const book = await openWorkbook(table.path)
  book.close()
  const others = book.parts.names.filter(
    (name) => !harmlessParts.some((part) => part.test(name)) && !name.endsWith('/'),
  )
  return [
    ...(table.hasFormulas ? ['formulas'] : []),
    ...(table.merges.length > 0 ? ['merged cells'] : []),
    ...(book.sheets.length > 1 ? ['other sheets'] : []),
    ...(table.headerRow === 1 ? [] : ['the rows above its header']),
    ...(table.hasOddDates ? ['times and durations'] : []),
    ...(book.is1904 ? ['its 1904 date system'] : []),
    ...(others.length > 0 ? ['charts, comments, tables or the like'] : []),
  ]
}

/** Throws AppError (config, `workbook-not-rewritable`). */
export async function refuseLossyRewrite(table: XlsxTable): Promise<void> {
  const losses = await lossesOf(table)
  if (losses.length === 0) return
  throw new AppError({
    kind: 'config',
    code: 'workbook-not-rewritable',
    message: `${basename(table.path)} cannot be written to: it would lose ${losses.join(', ')}.`,
    kept: 'The workbook is as it was.',
    next: 'Use a plain workbook or a CSV file as the destination.',
  })
}
