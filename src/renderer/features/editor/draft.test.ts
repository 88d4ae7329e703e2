import { describe, expect, it } from 'vitest'
import { change, type Definition, type Draft, redo, saved, startDraft, undo } from './draft.ts'

const definition: Definition = {
  id: 'a',
  name: 'A',
  pattern: 'one-way',
  source: { connection: 'x', object: 'o' },
  destination: { connection: 'y', object: 'p' },
  match: [],
  mapping: [{ to: 'name', from: 'Name' }],
  defaults: {},
  policies: { existing: 'update' },
}

const rename = (draft: Draft, name: string, key?: string): Draft =>
  change(draft, { label: `name ${name}`, ...(key && { key }), apply: (now) => ({ ...now, name }) })

describe('a draft', () => {
  it('goes back and forward step by step', () => {
    const two = rename(rename(startDraft(definition, 3), 'B'), 'C')
    const back = undo(undo(two))
    expect([back.definition.name, back.future.map(({ label }) => label)]).toEqual(['A', ['name B', 'name C']])
    expect([redo(back).definition.name, redo(redo(back)).definition.name]).toEqual(['B', 'C'])
    expect(undo(redo(redo(back))).definition.name).toBe('B')
    expect([undo(startDraft(definition, 1)), redo(two)].map((one) => one.definition.name)).toEqual(['A', 'C'])
  })

  it('takes what is typed in one field as one step', () => {
    const typed = ['B', 'Bo', 'Bob'].reduce((draft, name) => rename(draft, name, 'name'), startDraft(definition, 1))
    expect([typed.past.length, undo(typed).definition.name]).toEqual([1, 'A'])
    const other = rename(typed, 'X', 'other')
    expect(undo(other).definition.name).toBe('Bob')
  })

  it('forgets what was undone once something else is changed', () => {
    const other = rename(undo(rename(startDraft(definition, 1), 'B')), 'C')
    expect([other.future, other.definition.name]).toEqual([[], 'C'])
  })

  it('keeps fifty steps', () => {
    let draft = startDraft(definition, 1)
    for (let n = 0; n < 80; n += 1) draft = rename(draft, `N${n}`)
    for (let n = 0; n < 80; n += 1) draft = undo(draft)
    expect(draft.definition.name).toBe('N29')
  })

  it('is unchanged after a save, and can still be undone', () => {
    const done = saved(rename(startDraft(definition, 1), 'B'), 2)
    expect([done.baseVersion, done.isChanged, undo(done).definition.name, undo(done).isChanged]).toEqual([
      2,
      false,
      'A',
      true,
    ])
  })

  it('does not count a change that changes nothing', () => {
    const start = startDraft(definition, 1)
    expect(change(start, { label: 'nothing', apply: (now) => now })).toBe(start)
  })
})
