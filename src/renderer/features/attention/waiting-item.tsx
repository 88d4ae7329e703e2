/** One record that waits: why, what both sides hold, and what can be decided. */
import { Button, Group } from '@mantine/core'
import { formatAgo } from '#renderer/ui/format.ts'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import classes from './attention.module.css'
import { conflictsLike } from './attention-view.ts'
import { CorrectField } from './correct-field.tsx'
import { Side } from './side.tsx'
import { text } from './text.ts'
import type { AttentionActions, IntegrationNames, Waiting } from './use-attention.ts'

export interface WaitingItemProps {
  readonly record: Waiting
  /** All that wait with it. */
  readonly all: readonly Waiting[]
  readonly names: IntegrationNames
  readonly actions: AttentionActions
}

export function WaitingItem({ record, all, names, actions }: WaitingItemProps) {
  const { reason, conflict, decision } = record
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <strong dir="auto">{record.label}</strong>
        <StatusMark tone={conflict ? 'warn' : 'bad'} word={conflict ? 'Two values' : 'Waits'} />
      </div>
      <p dir="auto">{reason.message}</p>
      {reason.next && <p className={classes.next}>{reason.next}</p>}
      {conflict && <Sides conflict={conflict} names={names} />}
      <p className={classes.quiet}>
        {text.since(formatAgo(record.firstAt, Date.now()))}, {text.tried(record.attempts)}
        {reason.place ? ` · ${reason.place}` : ''}
      </p>
      {!conflict && <CorrectField record={record} actions={actions} />}
      {decision === 'source' || decision === 'destination' ? (
        <Group gap="sm">
          <span role="status">{text.decided[decision](names[decision])}</span>
          <Button size="sm" variant="default" onClick={() => actions.withdraw(record)}>
            {text.back}
          </Button>
        </Group>
      ) : (
        <Choices record={record} all={all} names={names} actions={actions} />
      )}
    </li>
  )
}

function Choices({ record, all, names, actions }: WaitingItemProps) {
  const alike = record.conflict ? conflictsLike(record, all) : []
  return (
    <Group gap="xs" className={classes.choices}>
      {record.conflict &&
        (['source', 'destination'] as const).map((side) => (
          <Button key={side} size="sm" disabled={actions.isBusy} onClick={() => actions.decide([record], side)}>
            {text.take(names[side])}
          </Button>
        ))}
      {alike.length > 1 &&
        alike[0] === record &&
        (['source', 'destination'] as const).map((side) => (
          <Button
            key={side}
            size="sm"
            variant="default"
            disabled={actions.isBusy}
            onClick={() => actions.decide(alike, side)}
          >
            {text.takeAll(names[side], alike.length)}
          </Button>
        ))}
      <Button size="sm" variant="subtle" disabled={actions.isBusy} onClick={() => actions.decide([record], 'skip')}>
        {text.leaveOut}
      </Button>
    </Group>
  )
}

interface SidesProps {
  readonly conflict: NonNullable<Waiting['conflict']>
  readonly names: IntegrationNames
}

function Sides({ conflict, names }: SidesProps) {
  return (
    <div className={classes.sides}>
      <Side title={names.source} values={conflict.source} />
      <Side title={names.destination} values={conflict.destination} />
    </div>
  )
}
