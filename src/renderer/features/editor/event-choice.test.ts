import { describe, expect, it } from 'vitest'
import type { Events } from '#shared/filter/filter-schema.ts'
import { eventChoice, eventChoices, eventsOf, watchedFields } from './event-choice.ts'

describe('the events as one choice', () => {
  it.each(eventChoices)('come back as they were chosen: %s', (choice) => {
    const events = eventsOf(choice, ['status', 'total'])
    expect(eventChoice(events)).toBe(choice)
    expect(watchedFields(events)).toEqual(choice.startsWith('watched') ? ['status', 'total'] : [])
  })
  it.each<[Events, string]>([
    [['created', 'updated'], 'always'],
    [['updated', { changed: ['status'] }], 'updated'],
    [[{ changed: ['a'] }, { changed: ['b'] }], 'watched'],
  ])('%j is %s', (events, choice) => {
    expect(eventChoice(events)).toBe(choice)
  })
})
