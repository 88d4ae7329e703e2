/**
 * The rows of customers.csv: each person as somebody typed them in, tagged with everything that is wrong with the row.
 * The tags are the expected truth for tests; they are set where the ugliness is made, not guessed afterwards.
 */
import type { Money } from '#shared/model/value.ts'
import { type SeededRandom, seededRandom } from '../kit/seeded-random.ts'
import { type SamplePerson, samplePeople } from './sample-people.ts'
import type { UglyKind } from './ugly-kinds.ts'
import { type AmountStyle, amountStyles, type DateStyle, dateStyles } from './ugly-text.ts'
import { cellsOf } from './written-cells.ts'

export interface SampleRow {
  readonly person: SamplePerson
  readonly kinds: ReadonlySet<UglyKind>
  readonly dateStyle: DateStyle
  readonly amountStyle: AmountStyle
  /** What the row says once it is read right; null where it says nothing usable. */
  readonly clean: CleanRow
  /** The cells in the order of `sampleColumns`. */
  readonly cells: readonly string[]
}

interface CleanRow {
  /** Trimmed, in lower case; null where there is no single address. */
  readonly email: string | null
  readonly phone: string | null
  readonly customerSince: string | null
  readonly newsletter: boolean | null
  readonly totalSpent: Money
}

export const sampleColumns = [
  'Customer no.',
  'First name',
  'Last name',
  'E-mail',
  'Phone',
  'Street',
  'Postcode',
  'City',
  'Country',
  'Customer since',
  'Birthday',
  'Newsletter?',
  'Total spent',
  'Currency',
  'Notes',
] as const

/** How many of the 600 people get each kind on their own row. */
const plannedCounts: readonly (readonly [UglyKind, number])[] = [
  ['no-email', 40],
  ['broken-email', 8],
  ['two-emails', 4],
  ['email-padded', 24],
  ['email-other-case', 60],
  ['no-phone', 45],
  ['no-newsletter', 50],
  ['impossible-date', 3],
  ['emoji', 12],
  ['trailing-space', 40],
  ['nbsp', 20],
  ['decomposed', 6],
  ['zero-width', 4],
  ['line-break', 25],
  ['formula-like', 5],
  ['shouted-name', 18],
  ['long-note', 1],
]

const duplicateCounts: readonly (readonly [UglyKind, number])[] = [
  ['duplicate-exact', 6],
  ['duplicate-other-case', 14],
  ['duplicate-other-email', 10],
  ['duplicate-without-email', 5],
  ['family-email', 8],
]

/** All rows in file order, always the same. */
export function sampleRows(): readonly SampleRow[] {
  const random = seededRandom(7_031_966)
  const kindsOf = plannedKinds(random)
  const rows = samplePeople().map((person) => rowOf(random, person, kindsOf.get(person.index) ?? new Set()))
  return mixIn(random, rows, duplicateRows(random, rows))
}

function plannedKinds(random: SeededRandom): Map<number, Set<UglyKind>> {
  const planned = new Map<number, Set<UglyKind>>(samplePeople().map((person) => [person.index, new Set()]))
  const emailKinds = new Set<UglyKind>(['no-email', 'broken-email', 'two-emails', 'email-padded', 'email-other-case'])
  for (const [kind, count] of plannedCounts) {
    const isEmailKind = emailKinds.has(kind)
    const free = [...planned].filter(([, kinds]) => !isEmailKind || hasNone(kinds, emailKinds))
    for (const [, kinds] of random.shuffle(free).slice(0, count)) kinds.add(kind)
  }
  return planned
}

function hasNone(kinds: ReadonlySet<UglyKind>, unwanted: Iterable<UglyKind>): boolean {
  return [...unwanted].every((kind) => !kinds.has(kind))
}

function rowOf(random: SeededRandom, person: SamplePerson, planned: ReadonlySet<UglyKind>): SampleRow {
  const kinds = new Set(planned)
  if (person.script !== 'latin') kinds.add('other-script')
  if (/,/.test(person.lastName)) kinds.add('comma-in-name')
  if (/"/.test(person.firstName)) kinds.add('quote-in-name')
  const dateStyle = random.pick(dateStyles)
  const amountStyle =
    person.totalSpent.currency === 'EUR' ? random.pick(amountStyles) : random.pick(['english', 'plain-point'] as const)
  const isUsable = hasNone(kinds, ['no-email', 'broken-email', 'two-emails'])
  return {
    person,
    kinds,
    dateStyle,
    amountStyle,
    clean: {
      email: isUsable ? person.email : null,
      phone: kinds.has('no-phone') ? null : person.phone,
      customerSince: kinds.has('impossible-date') ? null : person.customerSince,
      newsletter: kinds.has('no-newsletter') ? null : person.newsletter,
      totalSpent: person.totalSpent,
    },
    cells: cellsOf(random, { person, kinds, dateStyle, amountStyle }),
  }
}

function duplicateRows(random: SeededRandom, rows: readonly SampleRow[]): SampleRow[] {
  const plain = new Set<UglyKind>([
    'no-email',
    'broken-email',
    'two-emails',
    'email-padded',
    'email-other-case',
    'no-phone',
    'impossible-date',
  ])
  const candidates = random.shuffle(rows.filter((row) => hasNone(row.kinds, plain) && row.person.script === 'latin'))
  return duplicateCounts.flatMap(([kind, count]) =>
    candidates.splice(0, count).map((row, nth) => duplicateOf(random, row, { kind, nth })),
  )
}

interface DuplicateOrder {
  readonly kind: UglyKind
  readonly nth: number
}

/** A second row of the same person, or of somebody who shares the address. */
function duplicateOf(random: SeededRandom, row: SampleRow, { kind, nth }: DuplicateOrder): SampleRow {
  if (kind === 'duplicate-exact') return { ...row, kinds: new Set([...row.kinds, kind]) }
  const customerNo = `HF-${kind === 'family-email' ? 9 : 8}${String(nth).padStart(2, '0')}${kind.length}`
  const person: SamplePerson = { ...row.person, customerNo, ...changesOf(row.person, kind) }
  const extra: UglyKind[] =
    kind === 'duplicate-other-case'
      ? ['email-other-case', kind]
      : kind === 'duplicate-without-email'
        ? ['no-email', kind]
        : [kind]
  return rowOf(random, person, new Set(extra))
}

function changesOf(person: SamplePerson, kind: UglyKind): Partial<SamplePerson> {
  if (kind === 'duplicate-other-email') return { email: `private.${person.email}` }
  // Somebody else under the same roof: their own index keeps the two people apart in the truth.
  if (kind === 'family-email')
    return { index: person.index + 10_000, firstName: person.firstName === 'Rosa' ? 'Emil' : 'Rosa' }
  return {}
}

/** Duplicates stand anywhere in the file, not at its end. */
function mixIn(random: SeededRandom, rows: readonly SampleRow[], extra: readonly SampleRow[]): SampleRow[] {
  const mixed = [...rows]
  for (const row of extra) mixed.splice(random.integer(0, mixed.length), 0, row)
  return mixed
}
