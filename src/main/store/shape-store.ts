/** How the objects of services looked when a run met them last: names and types of their fields. */
import type Database from 'better-sqlite3'
import type { FieldType } from '#shared/model/object.ts'

export type Shape = Readonly<Record<string, FieldType>>

export interface ShapeStore {
  /** Undefined: no run has met the object yet. */
  readonly of: (stream: number) => Shape | undefined
  readonly save: (stream: number, shape: Shape) => void
}

export function createShapeStore(db: Database.Database): ShapeStore {
  const select = db.prepare<[number], string>('select fields from object_shape where stream = ?').pluck()
  const upsert = db.prepare<[number, string]>(
    'insert into object_shape(stream, fields) values (?, ?) on conflict do update set fields = excluded.fields',
  )
  return {
    of: (stream) => {
      const text = select.get(stream)
      // Written below.
      return text === undefined ? undefined : (JSON.parse(text) as Shape)
    },
    save: (stream, shape) => void upsert.run(stream, JSON.stringify(shape)),
  }
}
