/** Countries and regions by any of their names. The tables are built once, when the first of them is asked for. */
import { countryRows } from '../data/countries.ts'
import { regionRows } from '../data/regions.ts'
import { nameKey } from './text.ts'

export interface Region {
  readonly code: string
  readonly name: string
}

interface Country {
  readonly alpha3: string
  readonly name: string
}

interface Countries {
  readonly byCode: ReadonlyMap<string, Country>
  readonly codeByKey: ReadonlyMap<string, string>
}

let countries: Countries | undefined
const regionTables = new Map<string, ReadonlyMap<string, Region>>()

/** The two-letter code for a name (in several languages), a two-letter or a three-letter code. */
export function countryCodeOf(text: string): string | undefined {
  countries ??= readCountries()
  if (/^[A-Z]{2}$/.test(text) && countries.byCode.has(text)) return text
  return countries.codeByKey.get(nameKey(text))
}

export function describeCountry(code: string, output: 'alpha-2' | 'alpha-3' | 'name'): string {
  countries ??= readCountries()
  const country = countries.byCode.get(code)
  return (output === 'alpha-3' ? country?.alpha3 : output === 'name' ? country?.name : code) ?? code
}

export function hasRegions(country: string): boolean {
  return Object.hasOwn(regionRows, country)
}

/** A region by code ('CA', 'US-CA') or name. */
export function findRegion(country: string, text: string): Region | undefined {
  if (!hasRegions(country)) return undefined
  let table = regionTables.get(country)
  if (!table) {
    table = readRegions(country)
    regionTables.set(country, table)
  }
  return table.get(nameKey(text))
}

function readCountries(): Countries {
  const byCode = new Map<string, Country>()
  const codeByKey = new Map<string, string>()
  for (const row of countryRows) {
    const [code = '', alpha3 = '', ...names] = row.split('|')
    byCode.set(code, { alpha3, name: names[0] ?? code })
    for (const text of [code, alpha3, ...names]) codeByKey.set(nameKey(text), code)
  }
  return { byCode, codeByKey }
}

function readRegions(country: string): ReadonlyMap<string, Region> {
  const table = new Map<string, Region>()
  for (const row of regionRows[country] ?? []) {
    const [code = '', name = '', ...others] = row.split('|')
    for (const text of [code, `${country}-${code}`, name, ...others]) table.set(nameKey(text), { code, name })
  }
  return table
}
