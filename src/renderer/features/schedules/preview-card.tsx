/** What a schedule that is not saved yet would do: in a sentence, and the next five times. */
import { Waiting } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { formatDue } from '#renderer/ui/due-time.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { missingIn, type ScheduleDraft, scheduleOf } from './schedule-draft.ts'
import classes from './schedule-screen.module.css'
import { text } from './text.ts'
import { type SchedulePreview, useSchedulePreview } from './use-schedule.ts'

export function PreviewCard({ draft, ownZone }: { readonly draft: ScheduleDraft; readonly ownZone: string }) {
  const missing = missingIn(draft)
  const schedule = scheduleOf(draft)
  const preview = useSchedulePreview(missing === undefined ? schedule : null)
  return (
    <Card title={text.preview}>
      <div className={classes.part} role="status">
        {schedule === null && <p className={classes.sentence}>{text.previewNever}</p>}
        {schedule !== null && missing !== undefined && <p className={classes.sentence}>{text.missing[missing]}</p>}
        {schedule !== null && missing === undefined && preview.error && (
          <ErrorNotice error={preview.error.info} onRetry={() => void preview.refetch()} />
        )}
        {schedule !== null && missing === undefined && !preview.error && (
          <Meaning preview={preview.data} ownZone={ownZone} />
        )}
      </div>
    </Card>
  )
}

interface MeaningProps {
  /** Undefined until the first answer is there. */
  readonly preview: SchedulePreview | undefined
  readonly ownZone: string
}

function Meaning({ preview, ownZone }: MeaningProps) {
  if (!preview) return <Waiting lines={3} />
  const { problem, sentence, next, warnings } = preview
  if (problem)
    return (
      <Notice tone="bad" title={problem.message}>
        {problem.next}
      </Notice>
    )
  return (
    <>
      <p className={classes.sentence}>{sentence}</p>
      {warnings.map(({ code, message }) => (
        <Notice key={code + message} tone="warn" title={message} />
      ))}
      {next.length === 0 ? (
        <p>{text.none}</p>
      ) : (
        <div>
          <p className={classes.quiet}>{text.next}</p>
          <ol className={classes.times}>
            {next.map((due) => (
              <li key={due.at}>{formatDue(due, ownZone)}</li>
            ))}
          </ol>
        </div>
      )}
    </>
  )
}
