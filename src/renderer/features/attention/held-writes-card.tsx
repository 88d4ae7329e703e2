/** Writes that nothing can find out about: what was sent, and what a person may say about it. */
import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import { Card } from '#renderer/ui/card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatAgo } from '#renderer/ui/format.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { HeldWriteChoice } from '#shared/model/decision.ts'
import classes from './attention.module.css'
import { Side } from './side.tsx'
import { text } from './text.ts'
import type { IntegrationNames } from './use-attention.ts'

type HeldWrite = Output<'attention.writes'>['writes'][number]

export function HeldWritesCard({ names }: { readonly names: ReadonlyMap<string, IntegrationNames> }) {
  const writes = useAnswer('attention.writes', {}).data?.writes ?? []
  if (writes.length === 0) return null
  return (
    <Card title={text.writes.title(writes.length)} hint={text.writes.hint} isFlush>
      <ul className={classes.list} aria-label={text.writes.title(writes.length)}>
        {writes.map((write) => {
          const known = names.get(write.integrationId)
          return known && <WriteItem key={write.writeId} write={write} names={known} />
        })}
      </ul>
    </Card>
  )
}

function WriteItem({ write, names }: { readonly write: HeldWrite; readonly names: IntegrationNames }) {
  const settle = useAction('attention.settle-write')
  const [number, setNumber] = useState('')
  const service = write.isBack ? names.source : names.destination
  const isMade = write.destinationId === null
  const choose = (choice: HeldWriteChoice): void => {
    const { integrationId, writeId, isBack } = write
    const externalId = choice === 'arrived' && isMade ? { externalId: number } : {}
    settle.mutate({ integrationId, writeId, isBack, choice, ...externalId })
  }
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <strong dir="auto">{write.label}</strong>
        <span className={classes.quiet}>{names.name}</span>
      </div>
      <p>
        {isMade ? text.writes.made(service) : text.writes.changed(service)},{' '}
        {text.writes.sent(formatAgo(write.sentAt, Date.now()))}.
      </p>
      <div className={classes.sides}>
        <Side title={service} values={write.after} />
      </div>
      {isMade && (
        <TextInput
          mt="sm"
          maw={360}
          label={text.writes.number(service)}
          description={text.writes.numberHelp}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
      )}
      {settle.error && <ErrorNotice error={settle.error.info} />}
      <Group gap="xs" className={classes.choices}>
        <Button
          size="sm"
          loading={settle.isPending}
          disabled={isMade && number.trim() === ''}
          onClick={() => choose('arrived')}
        >
          {text.writes.arrived}
        </Button>
        <Button size="sm" variant="default" disabled={settle.isPending} onClick={() => choose('send-again')}>
          {text.writes.again}
        </Button>
        <Button size="sm" variant="subtle" disabled={settle.isPending} onClick={() => choose('leave-out')}>
          {text.writes.leaveOut}
        </Button>
      </Group>
    </li>
  )
}
