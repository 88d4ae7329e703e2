/** In the place of the records of a run that are not kept any more. */
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import type { RunAnswer } from '#renderer/ui/run-view.ts'
import { prunedWords } from './run-detail-view.ts'
import { text } from './text.ts'

export function PrunedCard({ run }: { readonly run: RunAnswer }) {
  return (
    <Card title={text.records} isFlush>
      <EmptyState
        icon="quiet"
        title={text.pruned}
        action={
          <Button component={Link} href="/settings" variant="default">
            {text.toSettings}
          </Button>
        }
      >
        {prunedWords(run)}
      </EmptyState>
    </Card>
  )
}
