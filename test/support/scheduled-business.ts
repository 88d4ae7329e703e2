/** A customer list and a database with one integration, `customers`, as small as a scheduled run can be. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CoreBench } from './core-bench.ts'

export function scheduledDefinitions(folder: string, integration: object = {}): string {
  const columns = { number: {}, name: {} }
  const list = { path: join(folder, 'list.csv'), object: 'rows', idColumns: ['Number'], stableMs: 0 }
  const database = { path: join(folder, 'office.db'), create: { customers: { key: ['number'], columns } } }
  return JSON.stringify({
    patchbay: 1,
    connections: [
      { id: 'list', name: 'List', connector: 'files', settings: list },
      { id: 'database', name: 'Database', connector: 'sqlite', settings: database },
    ],
    integrations: [
      {
        id: 'customers',
        name: 'Customers',
        source: { connection: 'list', object: 'rows' },
        destination: { connection: 'database', object: 'customers' },
        match: ['number'],
        mapping: [
          { to: 'number', from: 'Number' },
          { to: 'name', from: 'Name' },
        ],
        ...integration,
      },
    ],
  })
}

/** Writes the list and saves the definitions. Answers the version of the integration. */
export async function saveBusiness({ call, dataFolder }: CoreBench, integration: object = {}): Promise<number> {
  writeFileSync(join(dataFolder, 'list.csv'), 'Number;Name\n1;Ana\n2;Bo\n')
  const text = scheduledDefinitions(dataFolder, integration)
  const { saved } = await call('definitions.import', { text, fileName: 'a.json' })
  return saved.find((one) => one.kind === 'integration')?.version ?? 0
}
