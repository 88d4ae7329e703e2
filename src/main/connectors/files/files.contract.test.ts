/** CSV, UTF-16 CSV and XLSX keep the contract of connectors, as sources and as destinations. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { connectorContract } from '#main/connector-kit/testing/contract-suite.ts'
import { openFiles, quiet, temporaryFolder } from './testing/open-files.ts'

const folder = await temporaryFolder()
afterAll(folder.remove)

const header = ['Nr', 'Name', 'Betrag']
const rows = Array.from({ length: 7 }, (_, index) => [`K-${index + 1}`, `Müller ${index}; Söhne`, `${index},50`])
const csv = [header, ...rows]
  .map((row) => row.map((cell) => (cell.includes(';') ? `"${cell}"` : cell)).join(';'))
  .join('\r\n')

const object = {
  name: 'rows',
  minRecords: 7,
  pageSize: 3,
  refusesStaleVersion: true,
  draft: (n: number) => ({ Nr: `N-${n}`, Name: `Neu "${n}"\nzweite Zeile`, Betrag: `${n},00` }),
  change: (n: number) => ({ Name: `geändert ${n}` }),
}

connectorContract({
  name: 'a CSV file with id column',
  open: () => openFiles({ path: join(folder.path, 'a.csv'), idColumns: ['Nr'] }),
  seed: () => writeFile(join(folder.path, 'a.csv'), csv, 'latin1'),
  objects: [object],
})

connectorContract({
  name: 'a UTF-16 CSV file with two id columns and none at the end of the last line',
  open: () => openFiles({ path: join(folder.path, 'w.csv'), idColumns: ['Nr', 'Betrag'] }),
  seed: () => writeFile(join(folder.path, 'w.csv'), `\ufeff${csv}`, 'utf16le'),
  objects: [object],
})

connectorContract({
  name: 'a CSV file without id columns',
  open: () => openFiles({ path: join(folder.path, 'plain.csv') }),
  seed: () => writeFile(join(folder.path, 'plain.csv'), csv),
  objects: [{ name: 'rows', minRecords: 7, pageSize: 3 }],
})

const book = {
  path: join(folder.path, 'book.xlsx'),
  createIfMissing: true,
  object: 'rows',
  idColumns: ['Nr'],
  columns: { Nr: {}, Name: {}, Betrag: { type: 'decimal' }, Am: { type: 'date' } },
}

connectorContract({
  name: 'a workbook made new',
  open: () => openFiles(book),
  seed: async () => {
    const rowsObject = await (await openFiles(book)).object('rows', quiet())
    const writes = rows.map(([Nr = '', Name = ''], index) => ({
      operation: 'create' as const,
      idempotencyKey: Nr,
      request:
        rowsObject.prepare?.({ operation: 'create', values: { Nr, Name, Betrag: `${index}.50`, Am: '2026-03-01' } }) ??
        '',
    }))
    await rowsObject.send?.(writes, quiet())
  },
  objects: [
    {
      ...object,
      draft: (n: number) => ({ Nr: `N-${n}`, Name: `_x0041_ \u0001 <${n}>`, Betrag: `${n}.05`, Am: '2026-02-28' }),
    },
  ],
})

connectorContract({
  name: 'a watched folder',
  open: () => openFiles({ folder: join(folder.path), pattern: 'plain.*' }, { stateFolder: join(folder.path, 'state') }),
  seed: () => writeFile(join(folder.path, 'plain.csv'), csv),
  objects: [{ name: 'rows', minRecords: 7, pageSize: 3 }],
})
