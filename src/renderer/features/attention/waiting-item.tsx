/** One record that waits: why, what both sides hold, and what can be decided. */
import { Button, Group } from '@mantine/core'
import { formatAgo } from '#renderer/ui/format.ts'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import classes from './attention.module.css'
import { conflictsLike, isBack, isGone } from './attention-view.ts'
import { ConflictForm } from './conflict/conflict-form.tsx'
import { DecidedFields } from './conflict/decided-fields.tsx'
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
        <StatusMark tone={conflict ? 'warn' : 'bad'} word={wordOf(record)} />
      </div>
      <p dir="auto">{reason.message}</p>
      {reason.next && !conflict?.facts && <p className={classes.next}>{reason.next}</p>}
      {conflict && !(conflict.facts && isOpen(record)) && <Sides record={record} conflict={conflict} names={names} />}
      <p className={classes.quiet}>
        {text.since(formatAgo(record.firstAt, Date.now()))}, {text.tried(record.attempts)}
        {reason.place ? ` · ${reason.place}` : ''}
      </p>
      {conflict?.facts && isOpen(record) && (
        <ConflictForm
          // Other values are another question: what was chosen about the former ones is not kept.
          key={JSON.stringify([conflict.source, conflict.destination])}
          record={record}
          conflict={conflict}
          facts={conflict.facts}
          names={names}
        />
      )}
      {!conflict && !isBack(record) && <CorrectField record={record} actions={actions} />}
      {isOpen(record) ? (
        <Choices record={record} all={all} names={names} actions={actions} />
      ) : (
        <Group gap="sm">
          <Decided record={record} names={names} />
          {!isBack(record) && decision !== null && (
            <Button size="sm" variant="default" onClick={() => actions.withdraw(record)}>
              {text.back}
            </Button>
          )}
        </Group>
      )}
    </li>
  )
}

function isOpen({ decision }: Waiting): boolean {
  return decision === null || decision === 'skip'
}

function Choices({ record, all, names, actions }: WaitingItemProps) {
  const alike = record.conflict && !isGone(record) ? conflictsLike(record, all) : []
  const isFirstOfMany = alike.length > 1 && alike[0] === record
  return (
    <Group gap="xs" className={classes.choices}>
      {record.conflict &&
        !record.conflict.facts &&
        sides.map((side) => (
          <Button key={side} size="sm" disabled={actions.isBusy} onClick={() => actions.decide([record], side)}>
            {takeWords(record, side, names)}
          </Button>
        ))}
      {isFirstOfMany &&
        sides.map((side) => (
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
      {isBack(record) && (
        <Button size="sm" disabled={actions.isBusy} onClick={() => actions.decide([record], 'source')}>
          {text.takePart}
        </Button>
      )}
      <Button size="sm" variant="subtle" disabled={actions.isBusy} onClick={() => actions.decide([record], 'skip')}>
        {text.leaveOut}
      </Button>
    </Group>
  )
}

const sides = ['source', 'destination'] as const
type SideName = (typeof sides)[number]

function wordOf(record: Waiting): string {
  if (isGone(record)) return text.gone.word
  return record.conflict ? 'Two values' : 'Waits'
}

function takeWords(record: Waiting, side: SideName, names: IntegrationNames): string {
  if (!isGone(record)) return text.take(names[side])
  return side === 'source' ? text.gone.source : text.gone.destination(names.destination)
}

interface RecordProps {
  readonly record: Waiting
  readonly names: IntegrationNames
}

function Decided({ record, names }: RecordProps) {
  const { decision, conflict, choices } = record
  if (decision === 'fields' && conflict?.facts && choices)
    return <DecidedFields conflict={conflict} facts={conflict.facts} choices={choices} names={names} />
  return <span role="status">{decidedWords(record, names)}</span>
}

function decidedWords(record: Waiting, names: IntegrationNames): string {
  const { decision } = record
  if (isBack(record)) return text.decidedBack
  if (decision !== 'source' && decision !== 'destination') return text.decidedFields
  if (!isGone(record)) return text.decided[decision](names[decision])
  return decision === 'source'
    ? text.gone.decidedSource(names.destination)
    : text.gone.decidedDestination(names.destination)
}

interface SidesProps extends RecordProps {
  readonly conflict: NonNullable<Waiting['conflict']>
}

function Sides({ record, conflict, names }: SidesProps) {
  return (
    <div className={classes.sides}>
      {!isGone(record) && <Side title={names.source} values={conflict.source} />}
      <Side title={names.destination} values={conflict.destination} />
    </div>
  )
}
