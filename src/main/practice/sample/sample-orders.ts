/** orders.csv of the sample business: what the shop exports of its newest orders, with the ways people fill in a form. */
import { seededRandom } from '../kit/seeded-random.ts'
import { csvText } from './csv-text.ts'
import { samplePeople } from './sample-people.ts'
import { writtenAmount } from './ugly-text.ts'

const columns = ['Order no.', 'Ordered on', 'Customer', 'E-mail', 'Country', 'Total', 'Currency', 'News please?']

/** 60 orders of 57 people: three have ordered twice, two gave no usable address. Always the same text. */
export function sampleOrdersCsv(): string {
  const random = seededRandom(60_060)
  const buyers = random.shuffle(samplePeople()).slice(0, 57)
  const people = [...buyers, ...buyers.slice(0, 3)]
  const rows = people.map((person, nth) => {
    const day = String(random.integer(1, 28)).padStart(2, '0')
    const email = nth === 11 ? 'none' : nth === 34 ? `${person.email.split('@')[0]}@` : person.email
    return [
      `SO-${7001 + nth}`,
      nth % 9 === 4 ? `${day}.11.2025` : `2025-11-${day}`,
      nth % 13 === 6
        ? `${person.firstName} ${person.lastName}`.toUpperCase()
        : `${person.firstName} ${person.lastName}`,
      nth % 7 === 3 ? ` ${email.toUpperCase()}` : email,
      person.country,
      writtenAmount(person.country === 'DE' ? 'continental' : 'plain-point', random.integer(1_200, 48_000)),
      person.totalSpent.currency,
      nth % 3 === 0 ? 'yes' : nth % 3 === 1 ? 'no' : '',
    ]
  })
  return csvText([columns, ...rows], ',')
}
