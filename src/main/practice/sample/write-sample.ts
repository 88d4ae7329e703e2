/** Puts the sample business into a folder: the files a person would have, and the seed for the practice CRM. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { practiceCrmPopulation } from './crm-population.ts'
import { sampleCustomersCsv, sampleWholesaleCsv } from './sample-files.ts'

export interface SampleBusinessFiles {
  readonly customersCsv: string
  readonly wholesaleCsv: string
  /** For the practice CRM's `--seed`. */
  readonly crmSeed: string
}

/** Writes (or overwrites) the three files and gives their paths. */
export function writeSampleBusiness(folder: string): SampleBusinessFiles {
  mkdirSync(folder, { recursive: true })
  const files = {
    customersCsv: join(folder, 'customers.csv'),
    wholesaleCsv: join(folder, 'wholesale.csv'),
    crmSeed: join(folder, 'practice-crm-seed.json'),
  }
  writeFileSync(files.customersCsv, sampleCustomersCsv())
  writeFileSync(files.wholesaleCsv, sampleWholesaleCsv())
  writeFileSync(files.crmSeed, JSON.stringify(practiceCrmPopulation()))
  return files
}
