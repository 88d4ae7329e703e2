import { describe, expect, it } from 'vitest'
import { type RecordSource, recordView } from './record-view.ts'

const meaning = { word: 'Updated', tone: 'info' } as const

function view(parts: Partial<RecordSource>) {
  const source: RecordSource = {
    seq: 1,
    label: 'Mira',
    sourceId: 'K-1',
    destinationId: 'c_1',
    before: null,
    after: null,
    reason: null,
  }
  return recordView({ ...source, ...parts }, meaning, { locale: 'en-GB' })
}

describe('recordView', () => {
  it('shows only what differs', () => {
    const { rows } = view({ before: { city: 'Hambrug', zip: '1' }, after: { city: 'Hamburg', zip: '1' } })
    expect(rows).toEqual([{ field: 'city', label: 'City', before: 'Hambrug', after: 'Hamburg', isSubtle: false }])
  })

  it('says so where before and after look alike', () => {
    const { rows } = view({ before: { name: 'o’neill ' }, after: { name: 'O’Neill' } })
    expect(rows.map((row) => row.isSubtle)).toEqual([true])
  })

  it('shows a field that was emptied', () => {
    expect(view({ before: { notes: 'old' }, after: { notes: null } }).rows[0]).toMatchObject({
      before: 'old',
      after: null,
    })
  })

  it('leaves empty fields of a new record out', () => {
    const record = view({ after: { email: 'a@b.example', phone: null } })
    expect([record.isNew, record.rows.map((row) => row.field)]).toEqual([true, ['email']])
  })

  it('falls back to the id where a record has no name', () => {
    expect(view({ label: '  ' }).label).toBe('K-1')
  })
})
