/** What seven typical rows cost against plain code. Measured in a process of its own: the test runner rewrites imports. */
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { byHand, byMapping, records, type Speed } from './testing/measure-speed.ts'

const script = `
  import { measureSpeed } from ${JSON.stringify(new URL('./testing/measure-speed.ts', import.meta.url).href)}
  console.log(JSON.stringify(measureSpeed(40, () => performance.now())))
`

describe('seven typical rows', () => {
  it('give what the plain code gives', () => {
    for (const record of records)
      expect(byMapping(record)).toEqual({ values: byHand(record), issues: [], questions: [] })
  })

  it('cost at most one and a half times the plain code', () => {
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    // The script prints exactly a Speed.
    const { mappingUs, plainUs } = JSON.parse(output) as Speed
    process.stdout.write(`mapping ${mappingUs.toFixed(2)} µs, plain code ${plainUs.toFixed(2)} µs per record\n`)
    expect(mappingUs / plainUs).toBeLessThan(1.5)
  })
})
