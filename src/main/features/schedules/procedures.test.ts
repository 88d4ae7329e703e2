/** Schedules as the window and the command line use them, through the whole core. */
import { describe, expect, it } from 'vitest'
import type { AppEvent } from '#shared/contract/events.ts'
import { coreBench } from '#test/support/core-bench.ts'
import { fastClock } from '#test/support/fast-clock.ts'
import { saveBusiness } from '#test/support/scheduled-business.ts'

const integrationId = 'customers'
const weekday = 'every weekday at 18:00 Europe/Berlin'
const byWeekday = { every: 'weekday', at: '18:00', zone: 'Europe/Berlin' }

/** A Thursday at noon in Berlin; nothing comes due while a test lasts. */
async function prepared(dataFolder?: string) {
  const events: AppEvent[] = []
  const bench = await coreBench({
    clock: fastClock('2026-11-26T11:00:00Z'),
    zone: () => 'Europe/Berlin',
    publish: (event) => void events.push(event),
    ...(dataFolder === undefined ? {} : { dataFolder }),
  })
  if (dataFolder === undefined) await saveBusiness(bench)
  const listed = async () => {
    const [scheduled] = (await bench.call('schedules.list', {})).schedules
    if (!scheduled) throw new Error('nothing is listed')
    return scheduled
  }
  const named = (name: AppEvent['name']) => events.filter((event) => event.name === name).map((event) => event.payload)
  return { ...bench, listed, named }
}

describe('the list of schedules', () => {
  it('has every integration, those without a schedule too', async () => {
    const { call, listed } = await prepared()
    expect(await call('schedules.list', {})).toMatchObject({ allPausedAt: null, zone: 'Europe/Berlin' })
    expect(await listed()).toEqual({
      integrationId,
      name: 'Customers',
      schedule: null,
      sentence: null,
      problem: null,
      nextDue: null,
      pausedAt: null,
      isApproved: false,
      lastSlot: null,
    })
  })

  it('says what a schedule means and when it is due next, on its own clock', async () => {
    const { call, listed } = await prepared()
    await call('schedules.set', { integrationId, schedule: 'every weekday at 18:00 America/New_York' })
    expect(await listed()).toMatchObject({
      sentence: 'Every weekday at 18:00 (New York time)',
      nextDue: {
        date: '2026-11-26',
        time: '18:00',
        weekday: 'Thursday',
        offset: '-05:00',
        at: '2026-11-26T23:00:00.000Z',
      },
    })
  })

  it('knows whether a plan of what it does now was approved', async () => {
    const bench = await prepared()
    await bench.approve((await bench.plan(integrationId)).id)
    await bench.call('schedules.set', { integrationId, schedule: weekday })
    expect((await bench.listed()).isApproved).toBe(true)
    await saveBusiness(bench, { filter: { field: 'Name', equals: 'Ana' } })
    expect((await bench.listed()).isApproved).toBe(false)
  })
})

describe('a preview', () => {
  it('understands words, cron lines, YAML and the form of a definition alike, and saves nothing', async () => {
    const { call, listed } = await prepared()
    const written = [
      weekday,
      '0 18 * * 1-5 Europe/Berlin',
      "{ every: weekday, at: '18:00', zone: Europe/Berlin }",
      { every: 'weekday', at: '18:00', zone: 'Europe/Berlin' },
    ]
    for (const schedule of written) {
      const { problem, next } = await call('schedules.preview', { schedule })
      expect([problem, next.map((time) => `${time.weekday} ${time.time}`)]).toEqual([
        null,
        ['Thursday 18:00', 'Friday 18:00', 'Monday 18:00', 'Tuesday 18:00', 'Wednesday 18:00'],
      ])
    }
    expect((await listed()).schedule).toBeNull()
  })

  it('answers a mistake with its place, a correction, and nothing else', async () => {
    const { call } = await prepared()
    const schedule = { every: 'day', at: ['18:00', '25:00'] }
    expect(await call('schedules.preview', { schedule })).toMatchObject({
      problem: { place: 'at.1', message: expect.stringContaining('"25:00"'), next: expect.any(String) },
      schedule: null,
      next: [],
    })
    for (const words of ['now and then', '', '{ every: [', '{ a: &x [*x] }', 'every day at 18:00 Mars/Base'])
      expect((await call('schedules.preview', { schedule: words })).problem).not.toBeNull()
  })

  it('warns of a time that a clock change leaves out, and of one that comes twice', async () => {
    const { call } = await prepared()
    const { warnings } = await call('schedules.preview', { schedule: 'every day at 2:30 Europe/Berlin' })
    expect(warnings.map((one) => one.code)).toEqual(['time-does-not-exist', 'time-comes-twice'])
  })
})

describe('setting a schedule', () => {
  it('is a new version, and the same again is none', async () => {
    const { call, named } = await prepared()
    const first = await call('schedules.set', { integrationId, schedule: weekday })
    expect(first).toMatchObject({ version: 2, isNew: true, scheduled: { schedule: byWeekday } })
    const again = await call('schedules.set', { integrationId, schedule: byWeekday })
    expect([again.version, again.isNew]).toEqual([2, false])
    expect([named('definitions.changed'), named('schedule.changed')]).toEqual([[{}, {}], [{ integrationId }]])
    const { versions } = await call('integrations.versions', { integrationId })
    expect(versions.map((one) => one.savedBy)).toEqual(['schedule', 'import'])
  })

  it('goes into an export and comes back as it was', async () => {
    const { call } = await prepared()
    await call('schedules.set', { integrationId, schedule: weekday })
    const { text } = await call('definitions.export', {})
    const { saved } = await call('definitions.import', { text, fileName: 'b.yaml' })
    expect(saved.every((one) => !one.isNew)).toBe(true)
  })

  it('to nothing removes it', async () => {
    const { call, listed } = await prepared()
    await call('schedules.set', { integrationId, schedule: weekday })
    await call('schedules.set', { integrationId, schedule: null })
    expect(await listed()).toMatchObject({ schedule: null, nextDue: null })
  })

  it('refuses what it does not understand, and an integration that is not there', async () => {
    const { call, listed } = await prepared()
    await expect(call('schedules.set', { integrationId, schedule: 'now and then' })).rejects.toMatchObject({
      info: { code: 'schedule-invalid', kept: 'Nothing was saved.', next: expect.any(String) },
    })
    await expect(call('schedules.set', { integrationId: 'x', schedule: weekday })).rejects.toMatchObject({
      code: 'unknown-integration',
    })
    expect((await listed()).schedule).toBeNull()
  })

  it('is refused by the editor too, with the place of the mistake', async () => {
    const { call } = await prepared()
    const { definition, version } = await call('integrations.definition', { integrationId })
    const schedule = { every: 'day', at: '18:00', zone: 'Berlin' }
    await expect(
      call('integrations.save', { definition: { ...definition, schedule }, expectedVersion: version }),
    ).rejects.toMatchObject({ info: { code: 'definition-invalid', details: { place: 'schedule.zone' } } })
  })
})

describe('a pause', () => {
  it('of one and of all is told, and survives the end of the app', async () => {
    const one = await prepared()
    await one.call('schedules.set', { integrationId, schedule: weekday })
    await one.call('schedules.pause', { integrationId })
    await one.call('schedules.pause-all', {})
    expect(one.named('schedule.changed')).toEqual([{ integrationId }, { integrationId }, { integrationId: null }])
    await one.stop()
    const two = await prepared(one.dataFolder)
    expect((await two.listed()).pausedAt).toMatch(/^2026-11-26T11:00/)
    expect((await two.call('schedules.list', {})).allPausedAt).toMatch(/^2026-11-26T11:00/)
    await two.call('schedules.resume', { integrationId })
    await two.call('schedules.resume-all', {})
    expect([(await two.listed()).pausedAt, (await two.call('schedules.list', {})).allPausedAt]).toEqual([null, null])
  })

  it('needs an integration with a schedule', async () => {
    const { call } = await prepared()
    await expect(call('schedules.pause', { integrationId })).rejects.toMatchObject({ code: 'no-schedule' })
    await expect(call('schedules.resume', { integrationId })).rejects.toMatchObject({ code: 'no-schedule' })
    await expect(call('schedules.pause', { integrationId: 'x' })).rejects.toMatchObject({ code: 'unknown-integration' })
    await expect(call('schedules.slots', { integrationId: 'x' })).rejects.toMatchObject({ code: 'unknown-integration' })
  })
})
