/** The customers of Harbour & Finch Coffee Roasters as they really are: clean values, before anybody typed them in. */
import type { Money } from '#shared/model/value.ts'
import { type SeededRandom, seededRandom } from '../kit/seeded-random.ts'
import { type Country, firstNames, lastNames, mailDomains, places, type Script } from './name-pools.ts'

export interface SamplePerson {
  /** 0-based; the identity of the person throughout the sample. */
  readonly index: number
  readonly customerNo: string
  readonly script: Script
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  /** E.164, from ranges that are kept free for fiction. */
  readonly phone: string
  readonly country: Country
  readonly street: string
  readonly postalCode: string
  readonly city: string
  readonly birthday: string
  readonly customerSince: string
  readonly newsletter: boolean
  readonly totalSpent: Money
}

const samplePeopleCount = 600

const currencies: Readonly<Record<Country, string>> = { GB: 'GBP', DE: 'EUR', US: 'USD' }

/** Always the same 600 people, each with an e-mail address and a phone number of their own. */
export function samplePeople(): readonly SamplePerson[] {
  const random = seededRandom(20_250_403)
  const takenEmails = new Set<string>()
  return Array.from({ length: samplePeopleCount }, (_, index) => personOf(random, index, takenEmails))
}

function personOf(random: SeededRandom, index: number, takenEmails: Set<string>): SamplePerson {
  const script = scriptOf(random)
  const [firstName, plainFirst] = random.pick(firstNames[script])
  const [lastName, plainLast] = random.pick(lastNames[script])
  const country =
    script === 'latin' ? random.pick(['GB', 'GB', 'GB', 'DE', 'DE', 'US'] as const) : random.pick(['GB', 'DE'] as const)
  const place = random.pick(places[country])
  return {
    index,
    customerNo: `HF-${1001 + index}`,
    script,
    firstName,
    lastName,
    email: freeEmail(random, `${plainFirst}.${plainLast}`, takenEmails),
    phone: phoneOf(country, index),
    country,
    street: streetOf(country, random.pick(place.streets), random.integer(1, 180)),
    postalCode: place.postalCode,
    city: place.city,
    birthday: dateOf(random, 1941, 2006),
    customerSince: dateOf(random, 2014, 2025),
    newsletter: random.chance(0.4),
    totalSpent: { amountMinor: amountOf(random), currency: currencies[country] },
  }
}

function scriptOf(random: SeededRandom): Script {
  const draw = random.integer(1, 100)
  if (draw <= 86) return 'latin'
  if (draw <= 91) return 'greek'
  return draw <= 96 ? 'cyrillic' : 'japanese'
}

function freeEmail(random: SeededRandom, localPart: string, taken: Set<string>): string {
  const domain = random.pick(mailDomains)
  let email = `${localPart}@${domain}`
  for (let number = 2; taken.has(email); number += 1) email = `${localPart}${number}@${domain}`
  taken.add(email)
  return email
}

/**
 * Ofcom keeps +44 7700 900000-900999 and +44 20 7946 0000-0999 free for drama, the Bundesnetzagentur +49 30 23125 000-999,
 * the North American plan 555-0100 to 555-0199 of each area code.
 */
function phoneOf(country: Country, index: number): string {
  const number = String(index).padStart(3, '0')
  if (country === 'GB') return `+447700900${number}`
  if (country === 'DE') return `+493023125${number}`
  const areas = ['207', '617', '212', '415', '303', '503'] as const
  return `+1${areas[Math.floor(index / 100)] ?? areas[0]}55501${number.slice(1)}`
}

function streetOf(country: Country, street: string, number: number): string {
  return country === 'DE' ? `${street} ${number}` : street.includes(',') ? `${street} ${number}` : `${number} ${street}`
}

function dateOf(random: SeededRandom, fromYear: number, toYear: number): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${random.integer(fromYear, toYear)}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`
}

/** Mostly small, some above 1,000.00 so that the thousands separator matters, a few nothing, a few refunds. */
function amountOf(random: SeededRandom): number {
  const draw = random.integer(1, 100)
  if (draw <= 4) return 0
  if (draw <= 7) return -random.integer(500, 9_999)
  return draw <= 50 ? random.integer(850, 99_999) : random.integer(100_000, 2_500_000)
}
