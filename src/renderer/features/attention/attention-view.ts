/** Waiting records in the order and with the words of the screen. Pure. */
import type { Waiting } from './use-attention.ts'

export interface WaitingGroup {
  readonly integrationId: string
  readonly records: readonly Waiting[]
}

/** By integration, in the order they come. */
export function groupsOf(records: readonly Waiting[]): readonly WaitingGroup[] {
  const groups = Map.groupBy(records, ({ integrationId }) => integrationId)
  return [...groups].map(([integrationId, own]) => ({ integrationId, records: own }))
}

/** Conflicts about the same fields that nobody decided about yet; the record itself is one of them. */
export function conflictsLike(record: Waiting, records: readonly Waiting[]): readonly Waiting[] {
  const fields = fieldsOf(record)
  return records.filter(
    (other) =>
      other.integrationId === record.integrationId &&
      other.decision === null &&
      other.conflict &&
      !isGone(other) &&
      fieldsOf(other) === fields,
  )
}

/** Its counterpart is gone from the source: a person says whether it goes too. */
export function isGone({ reason }: Pick<Waiting, 'reason'>): boolean {
  return reason.code === 'source-gone' || reason.code === 'mass-delete'
}

/** It was deleted before and is there again. */
export function isBack({ reason }: Pick<Waiting, 'reason'>): boolean {
  return reason.code === 'came-back'
}

/** It is decided field by field, and nobody has yet. */
export function isOpenConflict({ conflict, decision }: Waiting): boolean {
  return conflict?.facts !== undefined && decision === null
}

function fieldsOf({ conflict }: Waiting): string {
  return Object.keys(conflict?.destination ?? {})
    .sort()
    .join()
}

/** Alike for React: one record of one side of an integration. */
export function keyOf({
  integrationId,
  side,
  externalId,
}: Pick<Waiting, 'integrationId' | 'side' | 'externalId'>): string {
  return `${integrationId}/${side}/${externalId}`
}
