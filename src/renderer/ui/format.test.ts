import { describe, expect, it } from 'vitest'
import {
  countOf,
  formatAgo,
  formatCount,
  formatDate,
  formatDay,
  formatDuration,
  formatInstant,
  formatSize,
} from './format.ts'

const london = { locale: 'en-GB', zone: 'Europe/London' }
const berlin = { locale: 'de-DE', zone: 'Europe/Berlin' }

describe('formats', () => {
  it('groups counts as the reader does', () => {
    expect([formatCount(1_204_000, london), formatCount(1_204_000, berlin)]).toEqual(['1,204,000', '1.204.000'])
  })

  it('count one thing and many things', () => {
    expect([countOf(1, 'record', 'records', london), countOf(0, 'record', 'records', london)]).toEqual([
      '1 record',
      '0 records',
    ])
  })

  it('show an instant in the zone of the reader', () => {
    expect(formatInstant('2026-07-01T22:30:00.000Z', london)).toBe('1 Jul 2026, 23:30')
    expect(formatInstant('2026-07-01T22:30:00.000Z', berlin)).toBe('02.07.2026, 00:30')
  })

  it('show sizes in the unit that fits', () => {
    const sizes = [184_320, 188_829_696, 2_440_000_000].map((sizeBytes) => formatSize(sizeBytes, london))
    expect(sizes).toEqual(['184 KB', '189 MB', '2.4 GB'])
  })

  it('show the day of an instant in the zone of the reader', () => {
    expect(formatDay('2026-03-01T23:30:00.000Z', { locale: 'en-GB', zone: 'Asia/Tokyo' })).toBe('2 Mar 2026')
  })

  it('never shift a plain date, whatever the zone', () => {
    expect(formatDate('2026-03-01', { locale: 'en-GB', zone: 'America/Los_Angeles' })).toBe('1 Mar 2026')
  })

  it('leave text that is no date as it is', () => {
    expect([formatDate('2026-02-99', london), formatInstant('soon', london)]).toEqual(['2026-02-99', 'soon'])
  })

  const now = Date.parse('2026-03-10T12:00:00.000Z')
  const ages = [
    ['2026-03-10T11:59:40.000Z', 'just now'],
    ['2026-03-10T11:55:00.000Z', '5 minutes ago'],
    ['2026-03-10T09:00:00.000Z', '3 hours ago'],
    ['2026-03-09T11:00:00.000Z', 'yesterday'],
    ['2026-02-01T09:00:00.000Z', '1 Feb 2026, 09:00'],
  ] as const
  for (const [instant, words] of ages) {
    it(`say "${words}"`, () => expect(formatAgo(instant, now, london)).toBe(words))
  }

  const durations = [
    [12, 'less than a second'],
    [8_400, '8 s'],
    [120_000, '2 min'],
    [125_000, '2 min 5 s'],
    [3_780_000, '1 h 3 min'],
  ] as const
  for (const [ms, words] of durations) {
    it(`show ${ms} ms as "${words}"`, () => expect(formatDuration(ms)).toBe(words))
  }
})
