/**
 * Notices that an object of a service looks different than when a run met it last: fields that came, went, or have
 * another type. What the integration needs and is gone stops it elsewhere (refuse-gone-fields); this is for a person to know.
 */

import type { Shape, ShapeStore } from '#main/store/shape-store.ts'
import type { ObjectDescription } from '#shared/model/object.ts'
import type { RunNote } from '#shared/model/run.ts'

export interface MetObject {
  readonly stream: number
  /** Name of the connection, as people know it. */
  readonly place: string
  readonly description: ObjectDescription
}

/** Notes about what changed since; remembers how the objects look now. Objects without a description are passed over. */
export function noticeDrift(shapes: ShapeStore, met: readonly MetObject[]): readonly RunNote[] {
  return met.flatMap(({ stream, place, description }) => {
    if (description.fields.length === 0 || description.hasOtherFields) return []
    const now = shapeOf(description)
    const before = shapes.of(stream)
    if (JSON.stringify(before) !== JSON.stringify(now)) shapes.save(stream, now)
    return before ? notesOf(before, now, `${description.label} of “${place}”`) : []
  })
}

function shapeOf({ fields }: ObjectDescription): Shape {
  const sorted = fields.map(({ name, type }) => [name, type] as const).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted)
}

function notesOf(before: Shape, now: Shape, where: string): readonly RunNote[] {
  const added = Object.keys(now).filter((name) => !(name in before))
  const removed = Object.keys(before).filter((name) => !(name in now))
  const retyped = Object.keys(now).filter((name) => name in before && before[name] !== now[name])
  return [
    ...(added.length > 0
      ? [
          {
            code: 'fields-new',
            message: `${where} has new fields: ${wordsOf(added)}.`,
            next: 'Map them, if you want them.',
          },
        ]
      : []),
    ...(removed.length > 0
      ? [
          {
            code: 'fields-gone',
            message: `${where} no longer has ${wordsOf(removed)}. This integration does not need it.`,
          },
        ]
      : []),
    ...(retyped.length > 0
      ? [
          {
            code: 'fields-retyped',
            message: `In ${where} the kind of ${retyped.map((name) => `“${name}” (${before[name]} before, ${now[name]} now)`).join(', ')} has changed.`,
            next: 'Look at the mapping of these fields with sample records.',
          },
        ]
      : []),
  ]
}

function wordsOf(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(', ')
}
