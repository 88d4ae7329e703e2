/** fair-leads.csv of the sample business: cards collected at a trade fair and typed in the same evening. */
import { seededRandom } from '../kit/seeded-random.ts'
import { csvText } from './csv-text.ts'
import { samplePeople } from './sample-people.ts'
import { writtenPhone } from './ugly-text.ts'

const columns = ['First name', 'Last name', 'E-mail', 'Phone', 'Talked about']

const topics = ['Office coffee for 40', 'Wants samples', 'wholesale prices', '', 'Café opening in spring'] as const

/** 40 leads: 25 of them are customers somewhere already, 15 nobody knows. Always the same text. */
export function sampleLeadsCsv(): string {
  const random = seededRandom(40_140)
  const rows = random
    .shuffle(samplePeople())
    .slice(0, 40)
    .map((person, nth) => {
      const email = nth < 25 ? person.email : `lead.${person.email}`
      return [
        nth % 10 === 7 ? person.firstName.toLowerCase() : person.firstName,
        person.lastName,
        nth % 8 === 5 ? `${email} ` : email,
        writtenPhone(random, person.country, person.phone),
        random.pick(topics),
      ]
    })
  return csvText([columns, ...rows], ';')
}
