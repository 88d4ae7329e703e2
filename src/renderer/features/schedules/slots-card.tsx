/** What became of the last due times, newest first. */
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { formatDue } from '#renderer/ui/due-time.ts'
import classes from './schedule-screen.module.css'
import { text } from './text.ts'
import { useSlots } from './use-schedule.ts'

export function SlotsCard({ integrationId, ownZone }: { readonly integrationId: string; readonly ownZone: string }) {
  const slots = useSlots(integrationId)
  return (
    <Answer of={slots}>
      {(ready) =>
        ready.slots.length === 0 ? null : (
          <Card title={text.history}>
            <ul className={classes.slots} aria-label={text.history}>
              {ready.slots.map(({ due, sentence, runId }) => (
                <li key={due.at}>
                  <span className={classes.due}>{formatDue(due, ownZone)}</span>
                  <span>{runId === null ? sentence : <Link href={`/runs/${runId}`}>{sentence}</Link>}</span>
                </li>
              ))}
            </ul>
          </Card>
        )
      }
    </Answer>
  )
}
