/** A connection and what it holds, in words. */

import type { Mark } from '#renderer/ui/run-view.ts'
import type { Output } from '#shared/contract/contract.ts'
import { text } from './text.ts'

export type Connection = Output<'connections.get'>
export type Connector = Output<'connectors.list'>['connectors'][number]
export type ObjectAnswer = Output<'connections.objects'>['objects'][number]

export function connectionMark(connection: Connection): Mark {
  const isMissing = connection.secrets.some((secret) => !secret.isSet && !secret.isOptional)
  return isMissing ? { tone: 'warn', word: text.keyMissing } : { tone: 'ok', word: text.keysSet }
}

export function usedByWords(connection: Connection, names: ReadonlyMap<string, string>): string {
  if (connection.usedBy.length === 0) return text.unused
  return text.usedBy(connection.usedBy.map((id) => names.get(id) ?? id).join(', '))
}

/** How an object is read, recognised and written, one sentence each; then its own notes. */
export function objectSentences(object: ObjectAnswer): readonly string[] {
  const operations = Object.keys(object.writes).map((operation) => text.objects.operation[operation] ?? operation)
  const written = operations.length === 0 ? text.objects.readOnlyObject : text.objects.writes(joined(operations))
  const keys = object.keys.length === 0 ? [] : [text.objects.recognised(object.keys.join(', '))]
  return [text.objects.changes[object.changes], written, ...keys, ...object.notes]
}

export interface FieldLine {
  readonly name: string
  readonly label: string
  readonly kind: string
  readonly about: string
}

export function fieldLines(object: ObjectAnswer): readonly FieldLine[] {
  return object.fields.map((field) => {
    const parts = [
      field.name === object.idField ? text.objects.id : null,
      field.required ? text.objects.required : null,
      field.readOnly ? text.objects.readOnly : null,
      field.unique ? text.objects.unique : null,
      field.note ?? null,
    ]
    return {
      name: field.name,
      label: field.label ?? field.name,
      kind: text.kind[field.type],
      about: parts.filter((part) => part !== null).join(' · '),
    }
  })
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
