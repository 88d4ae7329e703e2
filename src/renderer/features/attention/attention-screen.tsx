/** Records that wait for a person, over all integrations, with what can be decided about each. */
import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import classes from './attention.module.css'
import { groupsOf, isOpenConflict, keyOf } from './attention-view.ts'
import { text as conflictText } from './conflict/text.ts'
import { CorrectionsCard } from './corrections-card.tsx'
import { GoneAll } from './gone-all.tsx'
import { HeldWritesCard } from './held-writes-card.tsx'
import { LeftOutCard } from './left-out-card.tsx'
import { text } from './text.ts'
import {
  type AttentionActions,
  type IntegrationNames,
  useAttentionActions,
  useNames,
  useWaiting,
  type Waiting,
} from './use-attention.ts'
import { WaitingItem } from './waiting-item.tsx'

export function AttentionScreen() {
  const [integrationId, setIntegrationId] = useState<string | null>(null)
  const { waiting, hasMore, showMore } = useWaiting(integrationId)
  const names = useNames()
  const actions = useAttentionActions()
  return (
    <Page title={text.title} lead={text.lead}>
      {actions.error && <ErrorNotice error={actions.error.info} />}
      {names.size > 1 && (
        <NativeSelect
          label={text.integration}
          maw={360}
          value={integrationId ?? ''}
          data={[
            { value: '', label: text.every },
            ...[...names.values()].map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => setIntegrationId(event.currentTarget.value || null)}
        />
      )}
      <HeldWritesCard names={names} />
      <Answer of={waiting} lines={6}>
        {({ records, gone }) =>
          records.length === 0 ? (
            <Card>
              <EmptyState icon="ok" title={text.empty}>
                {text.emptyWords}
              </EmptyState>
            </Card>
          ) : (
            groupsOf(records).map((group) => (
              <Group
                key={group.integrationId}
                records={group.records}
                goneCount={gone.find((one) => one.integrationId === group.integrationId)?.count ?? 0}
                names={names.get(group.integrationId)}
                actions={actions}
              />
            ))
          )
        }
      </Answer>
      {hasMore && (
        <Button variant="default" onClick={showMore}>
          {text.more}
        </Button>
      )}
      <CorrectionsCard names={names} actions={actions} />
      <LeftOutCard names={names} actions={actions} />
    </Page>
  )
}

interface GroupProps {
  readonly records: readonly Waiting[]
  readonly goneCount: number
  readonly names: IntegrationNames | undefined
  readonly actions: AttentionActions
}

function Group({ records, goneCount, names, actions }: GroupProps) {
  if (!names) return null
  return (
    <Card
      title={names.name}
      isFlush
      aside={
        <Button variant="default" data-run-again disabled={actions.isBusy} onClick={() => actions.runAgain(names.id)}>
          {text.again}
        </Button>
      }
    >
      {records.some(isOpenConflict) && <p className={classes.keys}>{conflictText.keys(names)}</p>}
      <GoneAll count={goneCount} names={names} actions={actions} />
      <ul className={classes.list} aria-label={names.name}>
        {records.map((record) => (
          <WaitingItem key={keyOf(record)} record={record} all={records} names={names} actions={actions} />
        ))}
      </ul>
    </Card>
  )
}
