/** How people write dates, amounts, phones and yes/no by hand: one clean value, many spellings. */
import type { SeededRandom } from '../kit/seeded-random.ts'
import type { Country } from './name-pools.ts'

const months = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  de: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
} as const

export const dateStyles = ['iso', 'day-month-slashes', 'day-month-dots', 'german-long', 'english-long'] as const
export type DateStyle = (typeof dateStyles)[number]

/** The business writes the day first: 03/04/2025 is the third of April. */
export function writtenDate(style: DateStyle, isoDate: string): string {
  const [year = '', month = '', day = ''] = isoDate.split('-')
  switch (style) {
    case 'iso':
      return isoDate
    case 'day-month-slashes':
      return `${day}/${month}/${year}`
    case 'day-month-dots':
      return `${Number(day)}.${Number(month)}.${year}`
    case 'german-long':
      return `${Number(day)}. ${months.de[Number(month) - 1]} ${year}`
    case 'english-long':
      return `${Number(day)} ${months.en[Number(month) - 1]} ${year}`
  }
}

export const amountStyles = ['continental', 'english', 'euro-sign', 'nbsp-thousands', 'plain-point'] as const
export type AmountStyle = (typeof amountStyles)[number]

/** Always two decimals, so that no spelling is open to two readings. */
export function writtenAmount(style: AmountStyle, amountMinor: number): string {
  const sign = amountMinor < 0 ? '-' : ''
  const digits = String(Math.abs(amountMinor)).padStart(3, '0')
  const cents = digits.slice(-2)
  const grouped = (separator: string): string => digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, separator)
  switch (style) {
    case 'continental':
      return `${sign}${grouped('.')},${cents}`
    case 'english':
      return sign ? `(${grouped(',')}.${cents})` : `${grouped(',')}.${cents}`
    case 'euro-sign':
      return `${sign}€ ${grouped('.')},${cents}`
    case 'nbsp-thousands':
      return `${sign}${grouped('\u00a0')},${cents}`
    case 'plain-point':
      return `${sign}${grouped('')}.${cents}`
  }
}

/** A national or international spelling of an E.164 number of the sample. */
export function writtenPhone(random: SeededRandom, country: Country, e164: string): string {
  const spell = random.pick(phoneSpellings[country])
  return spell(e164.slice(country === 'US' ? 2 : 3))
}

type Spelling = (national: string) => string

const phoneSpellings: Readonly<Record<Country, readonly [Spelling, ...Spelling[]]>> = {
  GB: [
    (n) => `0${n.slice(0, 4)} ${n.slice(4)}`,
    (n) => `+44 ${n.slice(0, 4)} ${n.slice(4)}`,
    (n) => `0044${n}`,
    (n) => `+44 (0)${n.slice(0, 4)} ${n.slice(4, 7)}-${n.slice(7)}`,
    (n) => `(0${n.slice(0, 4)}) ${n.slice(4)}`,
    (n) => `0${n}`,
  ],
  DE: [
    (n) => `030/${n.slice(2)}`,
    (n) => `+49 30 ${n.slice(2)}`,
    (n) => `0049 (0)30 ${n.slice(2, 7)} ${n.slice(7)}`,
    (n) => `030 ${n.slice(2, 7)}-${n.slice(7)}`,
  ],
  US: [
    (n) => `(${n.slice(0, 3)}) ${n.slice(3, 6)}-${n.slice(6)}`,
    (n) => `${n.slice(0, 3)}.${n.slice(3, 6)}.${n.slice(6)}`,
    (n) => `+1 ${n.slice(0, 3)} ${n.slice(3, 6)} ${n.slice(6)}`,
  ],
}

export const yesWords = ['yes', 'Y', 'ja', 'TRUE', '1', 'x'] as const
export const noWords = ['no', 'N', 'nein', 'FALSE', '0'] as const
export const noEmailWords = ['', 'N/A', '-', 'none', 'keine', 'n/a '] as const
export const brokenEmails = [
  'kein@mail',
  'name(at)post.example',
  '@example.org',
  'two words@post.example',
  'missing.example.org',
  'dot.@',
] as const

export const countryWords: Readonly<Record<Country, readonly [string, ...string[]]>> = {
  GB: ['UK', 'United Kingdom', 'GB', 'England'],
  DE: ['Germany', 'DE', 'Deutschland'],
  US: ['USA', 'United States', 'US'],
}
