/** Settings: either a file or a folder, nothing unknown, and a JSON schema with words for each field. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { filesSettingsSchema } from './settings.ts'

test('take a file or a folder, never both, and nothing unknown', () => {
  const isValid = (settings: unknown): boolean => filesSettingsSchema.safeParse(settings).success
  expect([{ path: 'a.csv' }, { folder: 'in' }].map(isValid)).toEqual([true, true])
  const wrong = [
    {},
    { path: 'a', folder: 'b' },
    { path: 'a', delimeter: ';' },
    { path: 'a', createIfMissing: true },
    { path: 'a', columns: { d: { dateFormat: 'DD.MM' } } },
  ]
  expect(wrong.map(isValid)).toEqual(wrong.map(() => false))
})

test('describe every field in their JSON schema', () => {
  const schema = z.toJSONSchema(filesSettingsSchema, { io: 'input' })
  const fields = Object.values(schema.properties ?? {})
  expect(fields.every((field) => typeof field === 'object' && (field.description ?? '').length > 10)).toBe(true)
})
