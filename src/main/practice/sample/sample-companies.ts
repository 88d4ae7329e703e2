/** The wholesale customers of the sample business: 85 companies, 60 of them already in the CRM, 70 in the wholesale file. */
import type { Money } from '#shared/model/value.ts'
import { seededRandom } from '../kit/seeded-random.ts'
import { type Country, companyKinds, companyWords, places } from './name-pools.ts'

export interface SampleCompany {
  readonly index: number
  readonly name: string
  readonly domain: string
  readonly country: Country
  readonly street: string
  readonly postalCode: string
  readonly city: string
  readonly industry: string
  readonly employees: number
  readonly creditLimit: Money
  readonly isInCrm: boolean
  readonly isInFile: boolean
}

const companyCount = 85
export const crmCompanyCount = 60
/** Companies 0 to 14 are only in the CRM, 15 to 59 in both, 60 to 84 only in the file. */
const firstInFile = 15

export function sampleCompanies(): readonly SampleCompany[] {
  const random = seededRandom(411_207)
  return Array.from({ length: companyCount }, (_, index) => {
    const kind = companyKinds[index % companyKinds.length] ?? companyKinds[0]
    const word = companyWords[index % companyWords.length] ?? companyWords[0]
    const country = random.pick(['GB', 'DE', 'GB', 'US'] as const)
    const place = random.pick(places[country])
    return {
      index,
      name: index % 17 === 3 ? `"${word}", ${kind.suffix}` : `${word} ${kind.suffix}`,
      domain: `${plainWord(word)}-${index + 1}.example`,
      country,
      street: random.pick(place.streets),
      postalCode: place.postalCode,
      city: place.city,
      industry: kind.industry,
      employees: random.integer(1, 240),
      creditLimit: {
        amountMinor: random.integer(5, 400) * 10_000,
        currency: country === 'DE' ? 'EUR' : country === 'GB' ? 'GBP' : 'USD',
      },
      isInCrm: index < crmCompanyCount,
      isInFile: index >= firstInFile,
    }
  })
}

function plainWord(word: string): string {
  const plain = word.toLowerCase().replaceAll('ü', 'ue').replaceAll('ö', 'oe')
  return plain.replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '')
}
