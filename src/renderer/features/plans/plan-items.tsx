/** The items of a plan, as a list of any length: by action and by search. */
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { formatDay } from '#renderer/ui/format.ts'
import { RecordList } from '#renderer/ui/record-list.tsx'
import type { RecordView } from '#renderer/ui/record-view.ts'
import type { PlanAnswer } from '#renderer/ui/run-view.ts'
import { SearchField } from '#renderer/ui/search-field.tsx'
import type { PlanAction } from '#shared/model/plan.ts'
import { actionWords, itemView, type PlanItemAnswer } from './plan-view.ts'
import { text } from './text.ts'
import { useItems } from './use-plan.ts'

export interface PlanItemsProps {
  readonly plan: PlanAnswer
  readonly action: PlanAction | null
  readonly onShowAll: () => void
}

export function PlanItems({ plan, action, onShowAll }: PlanItemsProps) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const items = useItems({ planId: plan.id, action, search })
  const showAll = (): void => {
    setTyped('')
    onShowAll()
  }
  return (
    <Card
      title={action === null ? (plan.undoes === null ? text.items : text.undo.items) : actionWords(plan)[action]}
      hint={text.itemsHint}
      isFlush
      aside={<SearchField label={text.search} hint={text.searchHint} value={typed} onChange={setTyped} />}
    >
      <Answer of={items} lines={5}>
        {({ count, hasMore, rowAt, onVisible }) =>
          count === 0 ? (
            <NoItems plan={plan} isNarrowed={action !== null || search !== ''} onShowAll={showAll} />
          ) : (
            <RecordList
              label={text.items}
              count={count}
              hasMore={hasMore}
              recordAt={(index) => viewOf(rowAt(index), plan)}
              onVisible={onVisible}
            />
          )
        }
      </Answer>
    </Card>
  )
}

function viewOf(item: PlanItemAnswer | undefined, plan: PlanAnswer): RecordView | undefined {
  return item && itemView(item, plan)
}

interface NoItemsProps {
  readonly plan: PlanAnswer
  readonly isNarrowed: boolean
  readonly onShowAll: () => void
}

function NoItems({ plan, isNarrowed, onShowAll }: NoItemsProps) {
  if (plan.historyPrunedAt !== undefined) {
    return (
      <EmptyState icon="quiet" title={text.pruned}>
        {text.prunedWords(formatDay(plan.historyPrunedAt))}
      </EmptyState>
    )
  }
  if (isNarrowed) {
    return (
      <EmptyState
        icon="quiet"
        title={text.noneFound}
        action={
          <Button variant="default" onClick={onShowAll}>
            {text.clear}
          </Button>
        }
      >
        {text.noneFoundWords}
      </EmptyState>
    )
  }
  if (plan.state === 'making')
    return (
      <EmptyState icon="info" title={text.title}>
        {text.promise}
      </EmptyState>
    )
  return (
    <EmptyState icon="ok" title={text.nothing}>
      {plan.undoes !== null ? text.undo.nothing : text.nothingWords}
    </EmptyState>
  )
}
