import { afterEach, expect, it } from 'vitest'
import { lookAgainAtZone, systemZone } from './system-zone.ts'

const before = process.env.TZ

afterEach(() => {
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
})

it('is that of TZ where it is set, also when it is set while the app runs', () => {
  for (const zone of ['Asia/Tokyo', 'America/New_York']) {
    process.env.TZ = zone
    expect(systemZone()).toBe(zone)
  }
})

it('is that of the computer again when TZ is gone, and looking again invents none', () => {
  process.env.TZ = 'Asia/Tokyo'
  delete process.env.TZ
  lookAgainAtZone()
  expect(process.env.TZ).toBeUndefined()
  expect(systemZone()).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone)
})
