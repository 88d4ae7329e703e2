/**
 * Notices two one-way integrations that go in a circle: each writes into the other's source what it reads there. What
 * people change on both sides is overwritten without a question, and a value that changes its form on the way never rests.
 */
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { IntegrationDefinition } from '#shared/model/integration.ts'
import type { RunNote } from '#shared/model/run.ts'

/** Notes about every other integration that closes a circle with this one. */
export function noticeCircle(own: IntegrationDefinition, others: readonly IntegrationDefinition[]): readonly RunNote[] {
  if (own.pattern !== 'one-way') return []
  return others.flatMap((other) => {
    if (other.id === own.id || other.pattern !== 'one-way' || !isOpposite(own, other)) return []
    const fields = own.mapping.filter((row) => isWritten(row) && comesBack(row, other.mapping)).map(({ to }) => to)
    return fields.length === 0 ? [] : [noteOf(own, other, fields)]
  })
}

function isOpposite(own: IntegrationDefinition, other: IntegrationDefinition): boolean {
  return isSame(own.source, other.destination) && isSame(own.destination, other.source)
}

function isSame(one: IntegrationDefinition['source'], other: IntegrationDefinition['source']): boolean {
  return one.connection === other.connection && one.object === other.object
}

function comesBack({ to, from }: Row, back: readonly Row[]): boolean {
  const sources = [from].flat().filter((field) => field !== undefined)
  return back.some((row) => isWritten(row) && [row.from].flat().includes(to) && sources.includes(row.to))
}

function isWritten({ write }: Row): boolean {
  return write !== 'on-create' && write !== 'fill-empty'
}

function noteOf(own: IntegrationDefinition, other: IntegrationDefinition, fields: readonly string[]): RunNote {
  return {
    code: 'circle',
    message: `“${own.name}” and “${other.name}” write the same fields in both directions (${fields.join(', ')}): what people change on both sides is overwritten without a question.`,
    next: 'Make one two-way integration of them.',
  }
}
