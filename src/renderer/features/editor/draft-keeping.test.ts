import { describe, expect, it } from 'vitest'
import { change, type Definition, type Draft, saved, startDraft } from './draft.ts'
import { createDraftKeeping, type KeepingPlace } from './draft-keeping.ts'

const definition: Definition = {
  id: 'a/b',
  name: 'A',
  pattern: 'one-way',
  source: { connection: 'x', object: 'o' },
  destination: { connection: 'y', object: 'p' },
  match: [],
  mapping: [{ to: 'name', from: 'Name' }],
  defaults: {},
  policies: { existing: 'update' },
}

const rename = (draft: Draft, name: string): Draft =>
  change(draft, { label: `name ${name}`, apply: (now) => ({ ...now, name }) })

/** Takes texts up to so many characters each, as a browser's storage refuses what does not fit. */
function storage(mostCharacters = Number.POSITIVE_INFINITY): KeepingPlace {
  const entries = new Map<string, string>()
  return {
    get length() {
      return entries.size
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > mostCharacters) throw new DOMException('full', 'QuotaExceededError')
      entries.set(key, value)
    },
    removeItem: (key) => {
      entries.delete(key)
    },
  }
}

const none: ReadonlySet<string> = new Set()

describe('kept drafts', () => {
  it('are there again when the window is loaded anew', () => {
    const place = storage()
    createDraftKeeping(place, 'w1').keep('a/b', rename(startDraft(definition, 3), 'B'))
    const again = createDraftKeeping(place, 'w1').takeUp('a/b', none)
    expect([again?.definition.name, again?.baseVersion, again?.past.length]).toEqual(['B', 3, 1])
  })

  it('of two windows do not touch each other', () => {
    const place = storage()
    const [one, two] = [createDraftKeeping(place, 'w1'), createDraftKeeping(place, 'w2')]
    one.keep('a/b', rename(startDraft(definition, 3), 'of one'))
    two.keep('a/b', rename(startDraft(definition, 3), 'of two'))
    two.keep('a/b', saved(rename(startDraft(definition, 3), 'of two'), 4))
    expect(one.takeUp('a/b', none)?.definition.name).toBe('of one')
  })

  it('of a window that is gone are taken up by the next, once', () => {
    const place = storage()
    createDraftKeeping(place, 'gone').keep('a/b', rename(startDraft(definition, 3), 'B'))
    const next = createDraftKeeping(place, 'next')
    expect(next.takeUp('a/b', none)?.definition.name).toBe('B')
    expect(createDraftKeeping(place, 'third').takeUp('other', none)).toBeUndefined()
    next.forget('a/b')
    expect([next.takeUp('a/b', none), place.length]).toEqual([undefined, 0])
  })

  it('of a window that is still open stay its own', () => {
    const place = storage()
    const first = createDraftKeeping(place, 'first')
    first.keep('a/b', rename(startDraft(definition, 3), 'B'))
    const second = createDraftKeeping(place, 'second')
    expect(second.takeUp('a/b', new Set(['first', 'second']))).toBeUndefined()
    expect(first.takeUp('a/b', new Set(['first', 'second']))?.definition.name).toBe('B')
    expect(second.takeUp('a/b', new Set(['second']))?.definition.name).toBe('B')
  })

  it('keep what stands when there is no room for the steps before it', () => {
    let draft = startDraft(definition, 3)
    for (let n = 0; n < 30; n += 1) draft = rename(draft, `N${n}`)
    const place = storage(JSON.stringify(draft).length / 3)
    createDraftKeeping(place, 'w1').keep('a/b', draft)
    const kept = createDraftKeeping(place, 'w1').takeUp('a/b', none)
    expect([kept?.definition.name, kept?.past.length]).toEqual(['N29', 5])
  })

  it('never bring back an older state than the last, nor trouble anyone when nothing can be kept', () => {
    const place = storage(600)
    const keeping = createDraftKeeping(place, 'w1')
    keeping.keep('a/b', rename(startDraft(definition, 3), 'B'))
    keeping.keep('a/b', rename(startDraft(definition, 3), 'B'.repeat(600)))
    expect(keeping.takeUp('a/b', none)).toBeUndefined()
  })
})
