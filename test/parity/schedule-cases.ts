import { expect } from 'vitest'
import { type Case, invalid } from './case.ts'

const written = { every: 'weekday', at: '18:00' }
/** Local times, schedules in words and as values, sentences, reasons: all of them cross. */
export const scheduleCases: readonly Case[] = [
  {
    what: 'schedules with their next due time and their last slot',
    name: 'schedules.list',
    input: {},
    expected: {
      value: {
        allPausedAt: null,
        zone: 'America/St_Johns',
        schedules: [
          expect.objectContaining({
            sentence: 'Every Monday and Sunday at 08:00 and 18:00, after a run that is still going (St Johns time)',
            nextDue: expect.objectContaining({ at: '2026-11-01T11:30:00.000Z', time: '08:00', offset: '-03:30' }),
            lastSlot: expect.objectContaining({
              reason: expect.objectContaining({ details: { tries: 4, host: null } }),
            }),
          }),
        ],
      },
    },
  },
  ...['every weekday at 18:00', written].map((schedule) => ({
    what: `the preview of a schedule, ${typeof schedule}`,
    name: 'schedules.preview',
    input: { schedule },
    expected: { value: expect.objectContaining({ sentence: JSON.stringify(schedule), problem: null }) },
  })),
  ...[written, null].map((schedule) => ({
    what: `a schedule that is set to ${schedule ? 'something' : 'null'}`,
    name: 'schedules.set',
    input: { integrationId: 'a', schedule },
    expected: { value: expect.objectContaining({ version: 3, isNew: schedule !== null }) },
  })),
  ...['schedules.pause', 'schedules.resume'].map((name) => ({
    what: name,
    name,
    input: { integrationId: 'a' },
    expected: { value: {} },
  })),
  ...['schedules.pause-all', 'schedules.resume-all'].map((name) => ({
    what: name,
    name,
    input: {},
    expected: { value: {} },
  })),
  {
    what: 'slots, with the default of their page',
    name: 'schedules.slots',
    input: { integrationId: 'a', beforeDueAt: '2026-01-01T00:00:00.000Z' },
    expected: { value: { slots: [expect.objectContaining({ attempts: 50 })], next: '2026-01-01T00:00:00.000Z' } },
  },
  { what: 'no schedule', name: 'schedules.preview', input: { schedule: 5 }, expected: invalid('schedule') },
  { what: 'a pause of nothing', name: 'schedules.pause', input: {}, expected: invalid('integrationId') },
  {
    what: 'a page too long',
    name: 'schedules.slots',
    input: { integrationId: 'a', limit: 501 },
    expected: invalid('limit'),
  },
]
