/** All runs, newest first; the list follows running ones by itself. */
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { RunRows } from '#renderer/ui/run-rows.tsx'
import { text } from './text.ts'
import { useIntegrationNames, useRuns } from './use-runs.ts'

export function RunsScreen() {
  const { runs, hasMore, showMore } = useRuns()
  const names = useIntegrationNames()
  return (
    <Page title={text.title} lead={text.lead}>
      <Answer of={runs} lines={6}>
        {(ready) => (
          <Card isFlush>
            {ready.runs.length === 0 ? (
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
            ) : (
              <RunRows runs={ready.runs} names={names} label={text.title} />
            )}
          </Card>
        )}
      </Answer>
      {hasMore && (
        <Button variant="default" onClick={showMore}>
          {text.older}
        </Button>
      )}
    </Page>
  )
}
