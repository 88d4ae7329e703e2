import { describe, expect, it } from 'vitest'
import type { ConflictSides, ConflictUnit } from '#shared/model/conflict.ts'
import {
  baseLines,
  choiceText,
  chosen,
  isComplete,
  otherRows,
  ownInput,
  resultLines,
  sideLines,
} from './conflict-view.ts'

function unitOf(name: string, parts: Partial<ConflictUnit> = {}): ConflictUnit {
  return {
    name,
    sourceFields: [name],
    destinationFields: [name],
    filledAtSource: [name],
    filledAtDestination: [name],
    ifSource: { [name]: 'left' },
    ifDestination: { [name]: 'right' },
    takesOwn: true,
    ...parts,
  }
}

const city = unitOf('city')
const address = unitOf('address', {
  sourceFields: ['city', 'street'],
  destinationFields: ['city', 'street'],
  takesOwn: false,
})

function conflictOf(parts: Partial<ConflictSides> = {}): ConflictSides {
  return {
    source: { city: 'left', street: 'A 1' },
    destination: { city: 'right', street: 'A 1' },
    facts: {
      units: [city],
      base: { source: { city: 'was', street: 'A 1' }, destination: { city: 'was', street: 'A 1' } },
      forward: {},
      back: {},
      newer: null,
      others: [
        { name: 'e_mail', source: { email: 'a@x' }, destination: { email: 'a@x' } },
        { name: 'tags', source: {}, destination: {} },
      ],
    },
    ...parts,
  }
}

describe('the panes of a field', () => {
  it('name each field of a group, and which of them changed', () => {
    expect(sideLines(address, conflictOf(), 'source')).toEqual([
      { label: 'City', text: 'left', isChanged: true },
      { label: 'Street', text: 'A 1', isChanged: false },
    ])
    expect(sideLines(city, conflictOf(), 'destination')).toEqual([{ label: null, text: 'right', isChanged: false }])
  })

  it('show what both had agreed once where both write it alike, and nothing where they never agreed', () => {
    expect(baseLines(city, conflictOf())).toMatchObject({ kind: 'same', lines: [{ text: 'was' }] })
    expect(baseLines(city, { source: {}, destination: {} })).toBeNull()
  })

  it('show the result for each side where they write it differently', () => {
    expect(resultLines(city, conflictOf(), undefined)).toBeNull()
    expect(resultLines(city, conflictOf(), { take: 'source' })).toMatchObject({ kind: 'same' })
    const upper = unitOf('city', { ifSource: { city: 'LEFT' } })
    expect(resultLines(upper, conflictOf(), { take: 'source' })).toMatchObject({
      kind: 'apart',
      source: [{ text: 'left' }],
      destination: [{ text: 'LEFT' }],
    })
  })

  it('show a field without a counterpart as it stands', () => {
    const alone = unitOf('city', { sourceFields: [], filledAtSource: [], ifDestination: {} })
    expect(resultLines(alone, conflictOf(), { take: 'destination' })).toMatchObject({ lines: [{ text: 'right' }] })
  })
})

describe('a value of one’s own', () => {
  it('begins with what was taken, and is asked for as a day where both hold days', () => {
    expect(ownInput(city, conflictOf(), undefined)).toEqual({ kind: 'text', value: '' })
    expect(ownInput(city, conflictOf(), { take: 'destination' })).toEqual({ kind: 'text', value: 'right' })
    const days = conflictOf({ source: { city: '2026-03-01' }, destination: { city: '2026-03-02' } })
    expect(ownInput(city, days, { take: 'source' })).toEqual({ kind: 'date', value: '2026-03-01' })
  })

  it('is not asked for of a group or of an instant', () => {
    expect(ownInput(address, conflictOf(), undefined)).toBeNull()
    expect(ownInput(city, conflictOf({ source: { city: '2026-03-01T10:00:00.000Z' } }), undefined)).toBeNull()
  })

  it('that is empty is no choice', () => {
    const typed = chosen({}, 'city', { take: 'own', value: 'B' })
    expect([isComplete([city], typed), choiceText(city, conflictOf(), { take: 'own', value: 'B' })]).toEqual([
      true,
      'B',
    ])
    expect(isComplete([city], chosen(typed, 'city', { take: 'own', value: ' ' }))).toBe(false)
  })
})

it('the other fields are those with a value on either side', () => {
  expect(otherRows(conflictOf())).toEqual([{ name: 'E mail', source: 'a@x', destination: 'a@x' }])
})
