/** All runs, newest first, of one integration or of a kind where wished; the list follows running ones by itself. */
import { Button, Group, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { RunRows } from '#renderer/ui/run-rows.tsx'
import type { RunAnswer } from '#renderer/ui/run-view.ts'
import { runSelections } from '#shared/model/run.ts'
import { everyRun, type RunFilter, useRunFilter } from './run-filter.ts'
import { text } from './text.ts'
import { runsAtOnce, useIntegrationNames, useRuns } from './use-runs.ts'

export function RunsScreen() {
  const { integrationId, selection } = useRunFilter()
  const filter = { integrationId, selection }
  return (
    <Page title={text.title} lead={text.lead}>
      <Filters filter={filter} />
      <Card isFlush>
        <RunsPage key={JSON.stringify(filter)} filter={filter} before={undefined} />
      </Card>
    </Page>
  )
}

function Filters({ filter }: { readonly filter: RunFilter }) {
  const names = useIntegrationNames()
  const set = useRunFilter((state) => state.set)
  return (
    <Group gap="sm">
      <NativeSelect
        label={text.filter.selection}
        value={filter.selection ?? ''}
        data={[
          { value: '', label: text.filter.all },
          ...runSelections.map((value) => ({ value, label: text.filter.selections[value] })),
        ]}
        onChange={(event) => set({ selection: runSelections.find((one) => one === event.currentTarget.value) ?? null })}
      />
      <NativeSelect
        label={text.filter.integration}
        value={filter.integrationId ?? ''}
        data={[
          { value: '', label: text.filter.everyIntegration },
          ...[...names].map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => set({ integrationId: event.currentTarget.value || null })}
      />
    </Group>
  )
}

interface RunsPageProps {
  readonly filter: RunFilter
  /** The last run of the page before; where that moves on, this page follows. */
  readonly before: RunAnswer | undefined
}

function RunsPage({ filter, before }: RunsPageProps) {
  const runs = useRuns(filter, before)
  const names = useIntegrationNames()
  const [isMoreWanted, setMoreWanted] = useState(false)
  return (
    <Answer of={runs} lines={6}>
      {(ready) => {
        const last = ready.runs.at(-1)
        if (!last) return before ? null : <Empty filter={filter} />
        return (
          <>
            <RunRows runs={ready.runs} names={names} label={before ? text.olderRuns : text.title} />
            {ready.runs.length < runsAtOnce ? null : isMoreWanted ? (
              <RunsPage filter={filter} before={last} />
            ) : (
              <Group p="md">
                <Button variant="default" onClick={() => setMoreWanted(true)}>
                  {text.older}
                </Button>
              </Group>
            )}
          </>
        )
      }}
    </Answer>
  )
}

function Empty({ filter }: { readonly filter: RunFilter }) {
  const set = useRunFilter((state) => state.set)
  if (filter.integrationId !== null || filter.selection !== null)
    return (
      <EmptyState
        icon="runs"
        title={text.filter.none}
        action={
          <Button variant="default" onClick={() => set(everyRun)}>
            {text.filter.showAll}
          </Button>
        }
      >
        {text.filter.noneWords}
      </EmptyState>
    )
  return (
    <EmptyState
      icon="runs"
      title={text.empty}
      action={
        <Button component={Link} href="/integrations">
          {text.toIntegrations}
        </Button>
      }
    >
      {text.emptyWords}
    </EmptyState>
  )
}
