/** A schedule in a definitions file: what is wrong with it is named with its line, and the published schema knows it. */
import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { coreBench } from '#test/support/core-bench.ts'
import { readDefinitions } from './definitions-file.ts'

const fileWith = (schedule: string): string => `patchbay: 1
connections:
  - { id: list, name: List, connector: files, settings: { path: /tmp/list.csv } }
integrations:
  - id: customers
    name: Customers
    source: { connection: list, object: rows }
    destination: { connection: list, object: rows }
    schedule: ${schedule}
    mapping:
      - { to: number, from: Number }
`

async function complaintOf(schedule: string): Promise<string> {
  const bench = await coreBench()
  try {
    await bench.call('definitions.import', { text: fileWith(schedule), fileName: 'a.yaml' })
  } catch (thrown) {
    if (thrown instanceof AppError) return `${thrown.message} ${thrown.info.next}`
    throw thrown
  }
  return 'saved'
}

describe('a schedule in a definitions file', () => {
  const table: readonly (readonly [string, string])[] = [
    ['{ every: weekday, at: 18:00, zone: Europe/Berlin }', 'saved'],
    ['{ everyMinutes: 15 }', 'saved'],
    ['{ every: weekday, att: 18:00 }', 'a.yaml, line 9, column 5: at is missing. Write it like this:'],
    [
      '{ every: weekday, at: 25:00 }',
      'a.yaml, line 9, column 33: at: "25:00" does not fit here. It takes a time of day',
    ],
    ['{ everyMinutes: 0 }', 'a.yaml, line 9, column 17: everyMinutes: 0 does not fit here.'],
    [
      '{ every: day, at: 18:00, zone: Berlin }',
      'line 9, column 40: "Berlin" is not a time zone that this computer knows. Did you mean Europe/Berlin?',
    ],
    ["{ cron: '0 25 * * *' }", 'a.yaml, line 9, column 17: "25" is no hour'],
    ['every weekday', 'a.yaml, line 9, column 5: "every weekday" is not a schedule.'],
  ]
  for (const [schedule, expected] of table) {
    it(schedule, async () => expect(await complaintOf(schedule)).toContain(expected))
  }

  it('comes back in an export, and the same file again saves nothing', async () => {
    const bench = await coreBench()
    const text = fileWith('{ every: month, on: last-day, at: 06:00 }')
    await bench.call('definitions.import', { text, fileName: 'a.yaml' })
    const exported = await bench.call('definitions.export', {})
    expect(readDefinitions(exported.text, 'b.yaml').definitions.integrations[0]?.schedule).toEqual({
      every: 'month',
      on: 'last-day',
      at: '06:00',
    })
    const again = await bench.call('definitions.import', { text: exported.text, fileName: 'b.yaml' })
    expect(again.saved.map((one) => one.isNew)).toEqual([false, false])
  })

  it('is part of the published schema, with words for each part', async () => {
    const { schema } = await (await coreBench()).call('definitions.schema', {})
    const text = JSON.stringify(schema)
    for (const word of ['everyMinutes', 'last-day', 'run-after', 'five fields', 'IANA time zone'])
      expect(text).toContain(word)
  })
})
