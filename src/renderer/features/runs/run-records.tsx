/** The records of a run, as a list of any length: by outcome, by cause and by search. */
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { RecordList } from '#renderer/ui/record-list.tsx'
import type { RecordView } from '#renderer/ui/record-view.ts'
import type { RunAnswer } from '#renderer/ui/run-view.ts'
import { SearchField } from '#renderer/ui/search-field.tsx'
import type { Outcome } from '#shared/model/run.ts'
import type { Cause } from './causes-view.ts'
import { outcomeWords, type RunRecordAnswer, runRecordView } from './run-detail-view.ts'
import { text } from './text.ts'
import { useRecords } from './use-runs.ts'

export interface RunRecordsProps {
  readonly run: RunAnswer
  readonly outcome: Outcome | null
  readonly cause: Cause | null
  readonly onShowAll: () => void
}

export function RunRecords({ run, outcome, cause, onShowAll }: RunRecordsProps) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const records = useRecords({ runId: run.id, outcome, cause, search })
  const showAll = (): void => {
    setTyped('')
    onShowAll()
  }
  const about = cause?.outcome ?? outcome
  return (
    <Card
      title={about === null ? text.records : `${text.records}: ${outcomeWords(run)[about]}`}
      hint={text.recordsHint}
      isFlush
      aside={<SearchField label={text.search} hint={text.searchHint} value={typed} onChange={setTyped} />}
    >
      <Answer of={records} lines={5}>
        {({ count, hasMore, rowAt, onVisible }) =>
          count === 0 ? (
            <NoRecords run={run} isNarrowed={search !== '' || about !== null} onShowAll={showAll} />
          ) : (
            <RecordList
              label={text.records}
              count={count}
              hasMore={hasMore}
              recordAt={(index) => viewOf(rowAt(index), run)}
              onVisible={onVisible}
            />
          )
        }
      </Answer>
    </Card>
  )
}

function viewOf(record: RunRecordAnswer | undefined, run: RunAnswer): RecordView | undefined {
  return record && runRecordView(record, run)
}

interface NoRecordsProps {
  readonly run: RunAnswer
  readonly isNarrowed: boolean
  readonly onShowAll: () => void
}

function NoRecords({ run, isNarrowed, onShowAll }: NoRecordsProps) {
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
