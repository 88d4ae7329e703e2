/** The files of the sample business: customers.csv (UTF-8 with byte order mark, semicolons) and wholesale.csv (Windows-1252, commas). */
import iconv from 'iconv-lite'
import { csvText } from './csv-text.ts'
import { sampleCompanies } from './sample-companies.ts'
import { sampleColumns, sampleRows } from './sample-rows.ts'
import { writtenAmount } from './ugly-text.ts'

/** customers.csv: 643 rows of 608 people, and two empty lines somewhere, as they happen. Always the same bytes. */
export function sampleCustomersCsv(): Buffer {
  const lines = sampleRows().map((row) => row.cells)
  const empty = sampleColumns.map(() => '')
  const withGaps = [sampleColumns, ...lines.slice(0, 200), empty, ...lines.slice(200, 480), empty, ...lines.slice(480)]
  return Buffer.from(`\ufeff${csvText(withGaps, ';')}`, 'utf8')
}

const wholesaleColumns = [
  'Company',
  'Web',
  'Street',
  'Postcode',
  'City',
  'Country',
  'Industry',
  'Employees',
  'Credit limit',
  'Currency',
]

/** wholesale.csv: 70 companies, with umlauts in Windows-1252, web addresses instead of domains, German amounts. */
export function sampleWholesaleCsv(): Buffer {
  const rows = sampleCompanies()
    .filter((company) => company.isInFile)
    .map((company) => [
      company.name,
      company.index % 3 === 0
        ? `https://www.${company.domain}/`
        : company.index % 3 === 1
          ? company.domain.toUpperCase()
          : company.domain,
      company.street,
      company.postalCode,
      company.city,
      company.country,
      company.industry,
      String(company.employees),
      writtenAmount('continental', company.creditLimit.amountMinor),
      company.creditLimit.currency,
    ])
  return iconv.encode(csvText([wholesaleColumns, ...rows], ','), 'win1252')
}
