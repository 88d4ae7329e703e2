/** A further leg beside an integration that is there: what is given already, and how both become one set. */
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { LegOf, SetPattern } from '#shared/model/leg.ts'
import type { Definition } from '../draft.ts'

type Integration = Output<'integrations.get'>

export interface NewLeg {
  readonly legOf: LegOf
  /** The end that all legs share. */
  readonly sharedEnd: 'source' | 'destination'
  readonly beside: Integration
  /** Fields of the destination that another leg owns. */
  readonly ownedElsewhere: ReadonlySet<string>
}

/** Undefined until the other integration is known. */
export function useNewLeg(besideId: string, pattern: SetPattern): NewLeg | undefined {
  const all = useAnswer('integrations.list', {}).data?.integrations
  const beside = all?.find(({ id }) => id === besideId)
  if (!all || !beside) return undefined
  const legOf: LegOf = beside.legOf ?? { set: beside.id, name: beside.name, pattern }
  const legs = all.filter(({ id, legOf: other }) => id === besideId || other?.set === legOf.set)
  const owned = legs.flatMap(({ fills }) => fills.flatMap(({ field, isOwned }) => (isOwned ? [field] : [])))
  return {
    legOf,
    beside,
    sharedEnd: legOf.pattern === 'fan-out' ? 'source' : 'destination',
    ownedElsewhere: new Set(legOf.pattern === 'aggregation' ? owned : []),
  }
}

/** The definition as a leg: what another leg owns is filled only where it is empty. */
export function asLeg(definition: Definition, { legOf, ownedElsewhere }: NewLeg): Definition {
  const isKey = (field: string): boolean => definition.match.includes(field)
  const mapping = definition.mapping.map((row) =>
    ownedElsewhere.has(row.to) && !isKey(row.to) ? { ...row, write: 'fill-empty' as const } : row,
  )
  return { ...definition, legOf, mapping }
}

/** Makes the integration beside a leg of the set, where it is none yet. */
export function useJoinSet() {
  const read = useAction('integrations.definition')
  const save = useAction('integrations.save')
  return {
    join: ({ beside, legOf }: NewLeg, onDone: () => void): void => {
      if (beside.legOf) onDone()
      else
        read.mutate(
          { integrationId: beside.id },
          {
            onSuccess: ({ definition, version }) =>
              save.mutate({ definition: { ...definition, legOf }, expectedVersion: version }, { onSuccess: onDone }),
          },
        )
    },
    isPending: read.isPending || save.isPending,
    error: read.error ?? save.error,
  }
}
