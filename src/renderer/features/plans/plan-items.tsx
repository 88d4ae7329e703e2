/** The items of a plan, one page at a time, by action. */
import { Button } from '@mantine/core'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { Pager } from '#renderer/ui/pager.tsx'
import { usePages } from '#renderer/ui/pages.ts'
import { RecordList } from '#renderer/ui/record-list.tsx'
import type { PlanAnswer } from '#renderer/ui/run-view.ts'
import type { PlanAction } from '#shared/model/plan.ts'
import { itemTotal, itemViews } from './plan-view.ts'
import { text } from './text.ts'
import { useItems } from './use-plan.ts'

export interface PlanItemsProps {
  readonly plan: PlanAnswer
  readonly action: PlanAction | null
  readonly onShowAll: () => void
}

export function PlanItems({ plan, action, onShowAll }: PlanItemsProps) {
  const pages = usePages(String(action))
  const items = useItems(plan.id, pages.afterSeq, action)
  return (
    <Card title={action === null ? text.items : text.action[action]} hint={text.itemsHint} isFlush>
      <Answer of={items} lines={5}>
        {(page) => (
          <>
            {page.items.length === 0 ? (
              <NoItems
                isNarrowed={action !== null || pages.hasEarlier}
                isMaking={plan.state === 'making'}
                onShowAll={onShowAll}
              />
            ) : (
              <RecordList records={itemViews(page.items)} label={text.items} />
            )}
            <Pager pages={pages} shown={page.items.length} next={page.next} total={itemTotal(plan, action)} />
          </>
        )}
      </Answer>
    </Card>
  )
}

function NoItems({
  isNarrowed,
  isMaking,
  onShowAll,
}: {
  readonly isNarrowed: boolean
  readonly isMaking: boolean
  readonly onShowAll: () => void
}) {
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
  if (isMaking)
    return (
      <EmptyState icon="info" title={text.title}>
        {text.promise}
      </EmptyState>
    )
  return (
    <EmptyState icon="ok" title={text.nothing}>
      {text.nothingWords}
    </EmptyState>
  )
}
