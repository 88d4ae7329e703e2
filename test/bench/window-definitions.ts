/** Definitions for the window's bench: a long list into a database, and a mapping with very many fields. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Row {
  readonly to: string
  readonly from?: string
  readonly value?: string
}

export function rowsIntoDatabase(csv: string, database: string): string {
  const mapping: readonly Row[] = [
    { to: 'number', from: 'Number' },
    { to: 'name', from: 'Name' },
    { to: 'email', from: 'E-mail' },
    { to: 'city', from: 'City' },
  ]
  return definitions({ id: 'rows', name: 'Rows into the office', csv, database, mapping, idColumn: 'Number' })
}

/** A source of as many columns as the destination has, the first one filled with a fixed value. */
export function wideMapping(folder: string, fields: number): string {
  const csv = join(folder, 'wide.csv')
  const columns = Array.from({ length: fields }, (_, index) => `f${index}`)
  const lines = Array.from({ length: 20 }, (_, row) => columns.map((name) => `${name} of ${row}`).join(';'))
  writeFileSync(csv, `${[columns.join(';'), ...lines].join('\n')}\n`)
  const mapping = columns.map((name, index): Row => (index === 1 ? { to: name, value: 'x' } : { to: name, from: name }))
  return definitions({ id: 'wide', name: 'Wide', csv, database: join(folder, 'wide.db'), mapping, idColumn: 'f0' })
}

interface Parts {
  readonly id: string
  readonly name: string
  readonly csv: string
  readonly database: string
  readonly mapping: readonly Row[]
  readonly idColumn: string
}

function definitions({ id, name, csv, database, mapping, idColumn }: Parts): string {
  const [first] = mapping
  const columns = Object.fromEntries(mapping.map(({ to }) => [to, {}]))
  return JSON.stringify({
    patchbay: 1,
    connections: [
      {
        id: 'list',
        name: 'List',
        connector: 'files',
        environment: 'practice',
        settings: { path: csv, object: 'rows', idColumns: [idColumn], stableMs: 0 },
      },
      {
        id: 'office',
        name: 'Office',
        connector: 'sqlite',
        environment: 'practice',
        settings: { path: database, create: { target: { key: [first?.to], columns } } },
      },
    ],
    integrations: [
      {
        id,
        name,
        source: { connection: 'list', object: 'rows' },
        destination: { connection: 'office', object: 'target' },
        match: [first?.to],
        mapping,
      },
    ],
  })
}
