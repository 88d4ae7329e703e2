/**
 * When an integration runs by itself, as people write it: on days of the week, on days of the month, as a poll, or by a
 * cron line. Zones and cron lines are checked in read-schedule.ts, not here: a saved definition must stay readable on
 * a computer that knows other zones.
 */
import { z } from 'zod'

export const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type DayName = (typeof dayNames)[number]

const timeOfDayPattern = /^([01]?\d|2[0-3]):[0-5]\d$/

const timeSchema = z.string().regex(timeOfDayPattern).describe("A time of day, hours and minutes: '18:00'.")

const timesSchema = z
  .union([timeSchema, z.array(timeSchema).min(1).max(48)])
  .describe("At what time, or at which times: '18:00', or ['08:00', '13:00'].")

const daysSchema = z
  .union([z.enum(['day', 'weekday', ...dayNames]), z.array(z.enum(dayNames)).min(1).max(7)])
  .describe('Which days: day, weekday (Monday to Friday), monday ... sunday, or a list: [monday, thursday].')

const monthDaySchema = z
  .union([z.int().min(1).max(31), z.literal('last-day')])
  .describe('A day of the month: 1 to 31 (in a shorter month its last day), or last-day.')

const shared = {
  zone: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe("Whose clock counts, as IANA time zone: 'Europe/Berlin'. Absent: that of this computer."),
  overlap: z
    .enum(['skip', 'run-after'])
    .optional()
    .describe(
      'When the last run is still going at the time: skip (this time is left out), or run-after (once, when it has ended). Absent: skip.',
    ),
}

export const weekScheduleSchema = z
  .strictObject({ every: daysSchema, at: timesSchema, ...shared })
  .describe("On days of the week: { every: weekday, at: '18:00', zone: Europe/Berlin }.")

export const monthScheduleSchema = z
  .strictObject({
    every: z.literal('month').describe('month: on days of the month.'),
    on: z
      .union([monthDaySchema, z.array(monthDaySchema).min(1).max(31)])
      .describe('On which day of the month, or on which days: 1, [1, 15], last-day.'),
    at: timesSchema,
    ...shared,
  })
  .describe("On days of the month: { every: month, on: last-day, at: '06:00', zone: Europe/Berlin }.")

export const pollScheduleSchema = z
  .strictObject({
    everyMinutes: z.int().min(1).max(1_440).describe('Minutes from one poll to the next, 1 to 1440.'),
    between: z
      .tuple([timeSchema, timeSchema])
      .optional()
      .describe("Only between these times of day: ['08:00', '18:00']. Absent: the whole day."),
    days: daysSchema.optional().describe('Only on these days. Absent: every day.'),
    ...shared,
  })
  .describe('A poll: { everyMinutes: 15 }, also only between hours and on some days.')

export const cronScheduleSchema = z
  .strictObject({
    cron: z
      .string()
      .min(1)
      .max(200)
      .describe("For experts, a cron line of five fields (minute, hour, day, month, day of the week): '0 18 * * 1-5'."),
    ...shared,
  })
  .describe("By a cron line: { cron: '0 18 * * 1-5', zone: Europe/Berlin }.")

export const scheduleSchema = z
  .union([weekScheduleSchema, monthScheduleSchema, pollScheduleSchema, cronScheduleSchema])
  .meta({ id: 'Schedule', description: 'When the integration runs by itself.' })

export type Schedule = z.infer<typeof scheduleSchema>
export type WeekSchedule = z.infer<typeof weekScheduleSchema>
export type MonthSchedule = z.infer<typeof monthScheduleSchema>
export type PollSchedule = z.infer<typeof pollScheduleSchema>
export type CronSchedule = z.infer<typeof cronScheduleSchema>
export type Days = WeekSchedule['every']
