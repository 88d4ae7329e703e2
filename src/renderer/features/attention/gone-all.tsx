/** Many records that are gone from the source at once: one decision for all of them, also those that are not shown here. */
import { Button, Group } from '@mantine/core'
import classes from './attention.module.css'
import { text } from './text.ts'
import type { AttentionActions, IntegrationNames } from './use-attention.ts'

export interface GoneAllProps {
  readonly count: number
  readonly names: IntegrationNames
  readonly actions: AttentionActions
}

export function GoneAll({ count, names, actions }: GoneAllProps) {
  if (count < 2) return null
  return (
    <div className={classes.item}>
      <strong>{text.gone.many(count)}</strong>
      <p>{text.gone.manyWords(names.destination)}</p>
      <Group gap="xs" className={classes.choices}>
        <Button
          size="sm"
          variant="default"
          disabled={actions.isBusy}
          onClick={() => actions.decideGone(names.id, 'source')}
        >
          {text.gone.sourceAll(count)}
        </Button>
        <Button
          size="sm"
          variant="default"
          disabled={actions.isBusy}
          onClick={() => actions.decideGone(names.id, 'destination')}
        >
          {text.gone.destinationAll(names.destination, count)}
        </Button>
      </Group>
    </div>
  )
}
