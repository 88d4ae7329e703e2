/** The records of a run, one page at a time, by outcome and by search. */
import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { Pager } from '#renderer/ui/pager.tsx'
import { usePages } from '#renderer/ui/pages.ts'
import { RecordList } from '#renderer/ui/record-list.tsx'
import type { RunAnswer } from '#renderer/ui/run-view.ts'
import type { Outcome } from '#shared/model/run.ts'
import { listedTotal, recordViews } from './run-detail-view.ts'
import { text } from './text.ts'
import { useRecords } from './use-runs.ts'

export interface RunRecordsProps {
  readonly run: RunAnswer
  readonly outcome: Outcome | null
  readonly onShowAll: () => void
}

export function RunRecords({ run, outcome, onShowAll }: RunRecordsProps) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const pages = usePages(`${outcome} ${search}`)
  const records = useRecords({ runId: run.id, afterSeq: pages.afterSeq, outcome, search })
  const showAll = (): void => {
    setTyped('')
    onShowAll()
  }
  return (
    <Card
      title={outcome === null ? text.records : `${text.records}: ${text.outcome[outcome]}`}
      hint={text.recordsHint}
      isFlush
      aside={
        <TextInput
          type="search"
          w={230}
          maw="100%"
          aria-label={text.search}
          placeholder={text.searchHint}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      }
    >
      <Answer of={records} lines={5}>
        {(page) => (
          <>
            {page.records.length === 0 ? (
              <NoRecords
                run={run}
                isNarrowed={search !== '' || outcome !== null || pages.hasEarlier}
                onShowAll={showAll}
              />
            ) : (
              <RecordList records={recordViews(page.records)} label={text.records} />
            )}
            <Pager
              pages={pages}
              shown={page.records.length}
              next={page.next}
              total={listedTotal(run, outcome, search)}
            />
          </>
        )}
      </Answer>
    </Card>
  )
}

function NoRecords({
  run,
  isNarrowed,
  onShowAll,
}: {
  readonly run: RunAnswer
  readonly isNarrowed: boolean
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
  if (run.state === 'finished') {
    return (
      <EmptyState icon="ok" title={text.noRecords}>
        {text.noRecordsWords}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon="info" title={text.notYet}>
      {text.notYetWords}
    </EmptyState>
  )
}
