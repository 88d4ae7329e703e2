/** Puts the sample business into a folder: the files a person would have, and the seeds for the practice services. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { practiceBooksPopulation } from './books-population.ts'
import { practiceCrmPopulation } from './crm-population.ts'
import { practiceListPopulation } from './list-population.ts'
import { sampleCustomersCsv, sampleWholesaleCsv } from './sample-files.ts'
import { sampleLeadsCsv } from './sample-leads.ts'
import { sampleOrdersCsv } from './sample-orders.ts'

export interface SampleBusinessFiles {
  readonly customersCsv: string
  readonly wholesaleCsv: string
  readonly ordersCsv: string
  readonly leadsCsv: string
  /** For `--seed` of the practice CRM, books and list. */
  readonly crmSeed: string
  readonly booksSeed: string
  readonly listSeed: string
}

const contents: { readonly [F in keyof SampleBusinessFiles]: () => string | Buffer } = {
  customersCsv: sampleCustomersCsv,
  wholesaleCsv: sampleWholesaleCsv,
  ordersCsv: sampleOrdersCsv,
  leadsCsv: sampleLeadsCsv,
  crmSeed: () => JSON.stringify(practiceCrmPopulation()),
  booksSeed: () => JSON.stringify(practiceBooksPopulation()),
  listSeed: () => JSON.stringify(practiceListPopulation()),
}

/** Where the files of a folder are, written or not. */
export function sampleFilesOf(folder: string): SampleBusinessFiles {
  return {
    customersCsv: join(folder, 'customers.csv'),
    wholesaleCsv: join(folder, 'wholesale.csv'),
    ordersCsv: join(folder, 'orders.csv'),
    leadsCsv: join(folder, 'fair-leads.csv'),
    crmSeed: join(folder, 'practice-crm-seed.json'),
    booksSeed: join(folder, 'practice-books-seed.json'),
    listSeed: join(folder, 'practice-list-seed.json'),
  }
}

/** Writes what is not there yet, and gives the paths. What a person has edited stays. */
export function writeSampleBusiness(folder: string): SampleBusinessFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = sampleFilesOf(folder)
  for (const [name, path] of Object.entries(files)) {
    // Both objects have the same keys.
    if (!existsSync(path)) writeFileSync(path, contents[name as keyof SampleBusinessFiles]())
  }
  return files
}
