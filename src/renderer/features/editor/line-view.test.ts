import { describe, expect, it } from 'vitest'
import type { FieldView } from '#shared/contract/connections.ts'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import { drawingOf } from './drawing.ts'
import { type LineFacts, lineViews, shownLines } from './line-view.ts'
import { createPreview } from './preview.ts'
import { nothingChecked } from './sample-check.ts'

const fields: readonly FieldView[] = [
  { name: 'email', label: 'E-mail', type: 'email', required: true },
  { name: 'name', type: 'text', required: true },
  { name: 'city', type: 'text' },
  { name: 'number', type: 'text', readOnly: true },
]
const mapping: readonly Row[] = [
  { to: 'email', from: 'Mail', steps: ['trim', 'normalize-email'] },
  { to: 'city', from: 'Town' },
  { to: 'number', value: 7 },
  { to: 'fax', from: 'Fax' },
]

function facts(over: Partial<LineFacts> = {}): LineFacts {
  const preview = createPreview({
    mapping: {},
    now: '2026-11-26T12:00:00.000Z',
    answers: new Map(),
    ask: () => undefined,
  })
  const source = ['Mail', 'Town', 'Fax'].map((path) => ({ path, label: path, type: 'text' as const }))
  return { mapping, fields, source, preview, check: nothingChecked, sampleCount: 50, ...over }
}

const words = (over?: Partial<LineFacts>) => lineViews(facts(over)).map(({ name, mark }) => `${name}: ${mark.word}`)

describe('the lines of the table', () => {
  it('say what needs a person, and that first', () => {
    expect(words()).toEqual([
      'fax: Field is gone',
      'number: Cannot be written',
      'email: Works',
      'name: Must be filled',
      'city: Works',
    ])
  })
  it('say that a source field is gone, how many samples fail, and that a row is wrong', () => {
    expect(words({ source: [{ path: 'Mail', label: 'Mail', type: 'text' }] })).toContain('city: Source field is gone')
    const [email] = mapping
    const check = { ...nothingChecked, failures: new Map(email ? [[email, 3]] : []) }
    expect(words({ check })).toContain('email: 3 of 50 fail')
    const wrong: readonly Row[] = [{ to: 'city', from: 'Town', steps: [{ extract: { pattern: '(' } }] }]
    expect(words({ mapping: wrong })).toContain('city: Needs a correction')
  })
  it('do not repeat in the sentence what stands in other columns', () => {
    const sentences = Object.fromEntries(lineViews(facts()).map(({ name, sentence }) => [name, sentence]))
    expect(sentences).toMatchObject({
      email: 'Removes spaces at both ends; brings the e-mail address into one form.',
      city: 'Taken over as it is.',
      number: 'Is always “7”.',
    })
  })
  it('are found by words and by state', () => {
    const lines = lineViews(facts())
    const names = (filter: Parameters<typeof shownLines>[1], search = '') =>
      shownLines(lines, filter, search).map(({ name }) => name)
    expect(names('problems')).toEqual(['fax', 'number', 'name'])
    expect(names('free')).toEqual(['name'])
    expect(names('mapped', 'E-MAIL')).toEqual(['email'])
  })
})

describe('the drawing', () => {
  it('has a box for every field and a line for every value that travels', () => {
    const drawing = drawingOf(mapping, new Map([['email', 'E-mail']]), {
      fixed: 'fixed value',
      workedOut: 'worked out',
    })
    expect(drawing.left.map(({ label }) => label)).toEqual(['Mail', 'Town', 'fixed value', 'Fax'])
    expect(drawing.right.map(({ label }) => label)).toEqual(['E-mail', 'city', 'number', 'fax'])
    expect(drawing.lines).toHaveLength(4)
    expect(drawing.lines[2]?.path).toBe('M260 91C370 91 370 91 480 91')
  })
})
