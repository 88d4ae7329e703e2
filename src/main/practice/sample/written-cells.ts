/** How one person becomes the cells of one row: each tag of the row leaves its trace in the text. */
import type { SeededRandom } from '../kit/seeded-random.ts'
import type { SamplePerson } from './sample-people.ts'
import type { UglyKind } from './ugly-kinds.ts'
import {
  type AmountStyle,
  brokenEmails,
  countryWords,
  type DateStyle,
  noEmailWords,
  noWords,
  writtenAmount,
  writtenDate,
  writtenPhone,
  yesWords,
} from './ugly-text.ts'

/** What decides how a row is written. */
interface RowParts {
  readonly person: SamplePerson
  readonly kinds: ReadonlySet<UglyKind>
  readonly dateStyle: DateStyle
  readonly amountStyle: AmountStyle
}

/** The cells of one row in the order of `sampleColumns`. */
export function cellsOf(random: SeededRandom, parts: RowParts): string[] {
  const { person, kinds, dateStyle, amountStyle } = parts
  return [
    person.customerNo,
    writtenFirstName(person.firstName, kinds),
    writtenLastName(person.lastName, kinds),
    writtenEmail(random, person.email, kinds),
    kinds.has('no-phone') ? random.pick(['', '', 'n/a', '?']) : writtenPhone(random, person.country, person.phone),
    kinds.has('line-break') ? `Flat ${random.integer(1, 40)}\n${person.street}` : person.street,
    person.postalCode,
    kinds.has('trailing-space') ? `${person.city}  ` : person.city,
    random.pick(countryWords[person.country]),
    kinds.has('impossible-date') ? '31/02/2024' : writtenDate(dateStyle, person.customerSince),
    random.chance(0.5) ? writtenDate(dateStyle, person.birthday) : '',
    kinds.has('no-newsletter') ? '' : random.pick(person.newsletter ? yesWords : noWords),
    writtenAmount(amountStyle, person.totalSpent.amountMinor),
    person.totalSpent.currency,
    writtenNote(random, kinds),
  ]
}

function writtenFirstName(name: string, kinds: ReadonlySet<UglyKind>): string {
  const shouted = kinds.has('shouted-name') ? name.toUpperCase() : name
  const composed = kinds.has('decomposed') ? `${shouted} É`.normalize('NFD') : shouted
  return kinds.has('emoji') ? `${composed} ☕` : composed
}

function writtenLastName(name: string, kinds: ReadonlySet<UglyKind>): string {
  const shouted = kinds.has('shouted-name') ? name.toUpperCase() : name
  const spaced = kinds.has('trailing-space') ? `${shouted} ` : shouted
  const hidden = kinds.has('zero-width') ? `${spaced}\u200b` : spaced
  return kinds.has('nbsp') ? `\u00a0${hidden}` : hidden
}

function writtenEmail(random: SeededRandom, email: string, kinds: ReadonlySet<UglyKind>): string {
  if (kinds.has('no-email')) return random.pick(noEmailWords)
  if (kinds.has('broken-email')) return random.pick(brokenEmails)
  if (kinds.has('two-emails')) return `${email}; office@${email.split('@')[1]}`
  if (kinds.has('email-padded')) return `\u00a0${email}  `
  if (!kinds.has('email-other-case')) return email
  return random.chance(0.5) ? email.toUpperCase() : email.charAt(0).toUpperCase() + email.slice(1)
}

function writtenNote(random: SeededRandom, kinds: ReadonlySet<UglyKind>): string {
  if (kinds.has('long-note')) return 'Prefers the dark roast, ground for a French press. '.repeat(80).trim()
  if (kinds.has('formula-like')) return '=HYPERLINK("http://example.com","click")'
  return random.pick([
    '',
    '',
    '',
    'Decaf only',
    'said "never call before 10", polite otherwise',
    'zahlt bar; immer pünktlich',
    'VIP 🎉',
  ])
}
