import { expect, test } from 'vitest'
import { formatDue } from './due-time.ts'

const due = {
  at: '2026-11-27T17:00:00.000Z',
  zone: 'Europe/Berlin',
  date: '2026-11-27',
  time: '18:00',
  weekday: 'Friday',
  offset: '+01:00',
}

test('a due time is shown by the clock of its zone, which is named only where it is another one', () => {
  const reader = { locale: 'en-US' }
  expect(formatDue(due, 'Europe/Berlin', reader)).toBe('Friday, Nov 27, 2026, 18:00')
  expect(formatDue(due, 'America/New_York', reader)).toBe('Friday, Nov 27, 2026, 18:00 (Europe/Berlin)')
})
