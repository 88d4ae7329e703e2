/** Splitting bytes into rows: the positions of the rows are what the byte-exact rewriting stands on. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRows } from './parse-rows.ts'

describe('parseRows', () => {
  test('loses no byte, however the file is cut into chunks', async () => {
    const field = fc.stringMatching(/^[a-c "\r\n;é]{0,6}$/)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(field, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        async (rows, size) => {
          const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`
          const bytes = Buffer.from(rows.map((row) => `${row.map(quote).join(';')}\r\n`).join(''))
          const chunks = async function* (): AsyncGenerator<Buffer> {
            for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
          }
          const read = []
          for await (const group of parseRows(chunks(), { delimiter: ';', isCarriageReturnOnly: false }, 'x'))
            read.push(...group)
          expect(read.map((row) => row.fields.map((text) => Buffer.from(text, 'latin1').toString()))).toEqual(rows)
          let end = 0
          for (const row of read) {
            expect(row.startByte).toBe(end)
            end = row.endByte
          }
          expect(end).toBe(bytes.length)
        },
      ),
      { numRuns: 100, seed: 7 },
    )
  })
})
