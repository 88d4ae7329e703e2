/** The pause of all schedules. */
import { Button } from '@mantine/core'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatAgo } from '#renderer/ui/format.ts'
import classes from './settings-screen.module.css'
import { text } from './text.ts'
import { useAllPause } from './use-settings.ts'

export function SchedulesCard() {
  const { answer, pause, resume, isPending, error } = useAllPause()
  return (
    <Card title={text.schedules.title}>
      <Answer of={answer} lines={1}>
        {({ allPausedAt }) => (
          <div className={classes.part}>
            <p role="status">
              {allPausedAt === null
                ? text.schedules.running
                : text.schedules.paused(formatAgo(allPausedAt, Date.now()))}
            </p>
            <Button variant="default" loading={isPending} onClick={allPausedAt === null ? pause : resume}>
              {allPausedAt === null ? text.schedules.pause : text.schedules.resume}
            </Button>
            {error && <ErrorNotice error={error.info} />}
          </div>
        )}
      </Answer>
    </Card>
  )
}
