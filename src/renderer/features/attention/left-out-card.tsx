/** Records that a person left out: listed, counted, and let in again. */
import { Button } from '@mantine/core'
import { Card } from '#renderer/ui/card.tsx'
import { formatInstant } from '#renderer/ui/format.ts'
import classes from './attention.module.css'
import { keyOf } from './attention-view.ts'
import { text } from './text.ts'
import { type AttentionActions, type IntegrationNames, useLeftOut } from './use-attention.ts'

export interface LeftOutCardProps {
  readonly names: ReadonlyMap<string, IntegrationNames>
  readonly actions: AttentionActions
}

export function LeftOutCard({ names, actions }: LeftOutCardProps) {
  const records = useLeftOut().data?.records ?? []
  if (records.length === 0) return null
  return (
    <Card title={`${text.leftOut} (${records.length})`} hint={text.leftOutHint} isFlush>
      <ul className={classes.list} aria-label={text.leftOut}>
        {records.map((record) => (
          <li key={keyOf(record)} className={classes.leftOut}>
            <div>
              <strong dir="auto">{record.label}</strong>
              <p className={classes.quiet}>
                {names.get(record.integrationId)?.name ?? record.integrationId}, {formatInstant(record.decidedAt)}
              </p>
            </div>
            <Button size="sm" variant="default" disabled={actions.isBusy} onClick={() => actions.withdraw(record)}>
              {text.letIn}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
