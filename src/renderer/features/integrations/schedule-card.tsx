/** When the integration runs by itself, what is due next, and its pause. */
import { Button, Group } from '@mantine/core'
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { formatDue } from '#renderer/ui/due-time.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatAgo } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/notice.tsx'
import classes from './integration-screen.module.css'
import { text } from './text.ts'
import { type ScheduledAnswer, useScheduled, useSchedulePause } from './use-integrations.ts'

export function ScheduleCard({ integrationId }: { readonly integrationId: string }) {
  const scheduled = useScheduled(integrationId)
  return (
    <Answer of={scheduled} lines={2}>
      {(ready) => (
        <Card title={text.schedule.title}>
          <div className={classes.schedule}>
            <Words {...ready} />
            <Buttons {...ready} />
          </div>
        </Card>
      )}
    </Answer>
  )
}

function Words({ scheduled, zone, allPausedAt }: ScheduledAnswer) {
  const { schedule, sentence, problem, nextDue, pausedAt, lastSlot } = scheduled
  if (schedule === null) return <p>{text.schedule.none}</p>
  if (problem)
    return (
      <Notice tone="bad" title={problem.message}>
        {problem.next}
      </Notice>
    )
  const pausedSince = pausedAt ?? allPausedAt
  return (
    <>
      <p className={classes.sentence}>{sentence}</p>
      <p role="status">
        {pausedSince !== null
          ? text.schedule.paused(formatAgo(pausedSince, Date.now()), pausedAt === null)
          : nextDue
            ? text.schedule.next(formatDue(nextDue, zone))
            : text.schedule.noNext}
      </p>
      {lastSlot && (
        <p className={classes.quiet}>{text.schedule.last(formatDue(lastSlot.due, zone), lastSlot.sentence)}</p>
      )}
    </>
  )
}

function Buttons({ scheduled }: ScheduledAnswer) {
  const { integrationId, schedule, pausedAt } = scheduled
  const { pause, resume, isPending, error } = useSchedulePause(integrationId)
  return (
    <>
      <Group>
        <Button component={Link} href={`/integrations/${integrationId}/schedule`} variant="default">
          {schedule === null ? text.schedule.set : text.schedule.change}
        </Button>
        {schedule !== null && (
          <Button variant="default" loading={isPending} onClick={pausedAt === null ? pause : resume}>
            {pausedAt === null ? text.schedule.pause : text.schedule.resume}
          </Button>
        )}
      </Group>
      {error && <ErrorNotice error={error.info} />}
    </>
  )
}
