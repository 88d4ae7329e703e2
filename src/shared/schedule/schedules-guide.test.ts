/** What the guide says can be written can be written. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { describeSchedule } from './describe-schedule.ts'
import { readSchedule, tryReadSchedule } from './read-schedule.ts'
import { readScheduleText } from './read-schedule-text.ts'

const guide = readFileSync(new URL('../../../docs/guides/schedules.md', import.meta.url), 'utf8')

function linesOf(language: string): readonly string[] {
  const block = guide.split(`\`\`\`${language}\n`)[1]?.split('\n```')[0] ?? ''
  return block.split('\n')
}

describe('the guide to schedules', () => {
  it('has examples', () => expect([linesOf('text').length, linesOf('yaml').length]).toEqual([12, 5]))

  for (const words of linesOf('text')) {
    it(`understands "${words}", and its own sentence for it`, () => {
      const read = readScheduleText(words)
      if (!read.ok) throw new Error(read.problem.message)
      expect(readScheduleText(describeSchedule(read.schedule))).toMatchObject({ ok: true })
    })
  }

  for (const line of linesOf('yaml')) {
    it(`reads ${line}`, () => {
      const { schedule } = parse(line) as { schedule: unknown }
      expect(tryReadSchedule(schedule)).toEqual({ ok: true, schedule: readSchedule(schedule) })
    })
  }
})
