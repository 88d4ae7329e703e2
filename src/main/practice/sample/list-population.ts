/**
 * Who already stands on the practice list: 150 subscribers, most of them contacts of the CRM. Some have unsubscribed
 * although the CRM still says that they want the newsletter. The shape is that of the service's `--seed` file.
 */
import type { Json } from '#shared/json.ts'
import { type SeededRandom, seededRandom } from '../kit/seeded-random.ts'
import { plannedContacts, type SeedRecord } from './crm-population.ts'
import { pastInstants } from './past.ts'
import { type SamplePerson, samplePeople } from './sample-people.ts'

export interface ListPopulation {
  readonly subscribers: readonly SeedRecord[]
}

/** How a subscriber stands to the CRM: a contact, a customer it does not know, or a reader nobody knows. */
export type ListOverlap = 'contact' | 'customer-only' | 'reader'

export interface PlannedSubscriber {
  readonly overlap: ListOverlap
  readonly email: string
  readonly person: SamplePerson
  readonly status: 'subscribed' | 'unsubscribed' | 'bounced'
  /** What the CRM says; null for somebody it does not know. */
  readonly isWantedInCrm: boolean | null
}

const contactCount = 105
const customerOnlyCount = 25
const readerCount = 20

/** Always the same 150 subscribers. */
export function plannedSubscribers(): readonly PlannedSubscriber[] {
  const random = seededRandom(150_150)
  const planned = plannedContacts()
  const contacts = planned.filter(({ overlap }) => overlap !== 'no-email-either-side')
  const known = new Set(planned.map(({ person }) => person.index))
  const strangers = random.shuffle(samplePeople().filter((person) => !known.has(person.index)))
  const isWanted = new Map(
    contacts.map(({ overlap, person }) => [person.email, person.newsletter !== (overlap === 'other-newsletter')]),
  )
  const people = [
    ...random
      .shuffle(contacts)
      .slice(0, contactCount)
      .map(({ person }) => ofKind('contact', person)),
    ...strangers.slice(0, customerOnlyCount).map((person) => ofKind('customer-only', person)),
    ...strangers.slice(customerOnlyCount, customerOnlyCount + readerCount).map((person) => ofKind('reader', person)),
  ]
  return people.map((one, nth) => ({
    ...one,
    status: nth % 8 === 5 ? 'unsubscribed' : nth % 25 === 9 ? 'bounced' : 'subscribed',
    isWantedInCrm: one.overlap === 'contact' ? (isWanted.get(one.person.email) ?? null) : null,
  }))
}

function ofKind(overlap: ListOverlap, person: SamplePerson): Pick<PlannedSubscriber, 'overlap' | 'email' | 'person'> {
  return { overlap, person, email: overlap === 'reader' ? `reader.${person.email}` : person.email }
}

/** Every record of it passes the service's own checks. */
export function practiceListPopulation(): ListPopulation {
  const random = seededRandom(77_077)
  return { subscribers: plannedSubscribers().map((planned, nth) => subscriberOf(random, planned, nth)) }
}

const tags = ['barista', 'espresso', 'events', 'gifts', 'wholesale'] as const

/** Forms ask for little: a fifth gave no name, some wrote it in capital letters. */
function subscriberOf(random: SeededRandom, { email, person, status }: PlannedSubscriber, nth: number): SeedRecord {
  const hasName = nth % 5 !== 3
  const written = (name: string): string => (nth % 9 === 4 ? name.toUpperCase() : name)
  const fields: Record<string, Json> = {
    first_name: hasName ? written(person.firstName) : null,
    last_name: hasName ? written(person.lastName) : null,
    country: person.country,
    status,
    tags: tags.filter(() => random.chance(0.3)),
    consent_source: random.pick(['counter', 'web form', 'event'] as const),
  }
  return { key: email, ...pastInstants(random), fields }
}
