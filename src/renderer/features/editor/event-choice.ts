/** The events of an integration as one choice a person can make. Pure. */
import type { Events } from '#shared/filter/filter-schema.ts'

export const eventChoices = ['always', 'created', 'updated', 'watchedOrNew', 'watched'] as const
export type EventChoice = (typeof eventChoices)[number]

export function eventChoice(events: Events | undefined): EventChoice {
  if (!events) return 'always'
  const isNew = events.includes('created')
  // Whatever was changed includes the fields that are watched.
  if (events.includes('updated')) return isNew ? 'always' : 'updated'
  if (watchedFields(events).length === 0) return 'created'
  return isNew ? 'watchedOrNew' : 'watched'
}

/** The events of a choice; undefined stands for created and updated. */
export function eventsOf(choice: EventChoice, fields: readonly string[]): Events | undefined {
  if (choice === 'always') return undefined
  if (choice === 'created' || choice === 'updated') return [choice]
  const watched = { changed: [...fields] }
  return choice === 'watchedOrNew' ? ['created', watched] : [watched]
}

/** Fields whose change lets a record take part; none where any change does. */
export function watchedFields(events: Events | undefined): readonly string[] {
  if (!events || events.includes('updated')) return []
  return events.flatMap((event) => (typeof event === 'string' ? [] : event.changed))
}
