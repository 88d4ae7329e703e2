/** Why records wait: grouped by cause, the most frequent first, each with what to do next. */
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Card } from '#renderer/ui/card.tsx'
import { countOf } from '#renderer/ui/format.ts'
import type { RunAnswer } from '#renderer/ui/run-view.ts'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import classes from './causes-card.module.css'
import { type Cause, causeWords, isSameCause } from './causes-view.ts'
import { outcomeTone, outcomeWords } from './run-detail-view.ts'
import { text } from './text.ts'
import { useCauses } from './use-runs.ts'

export interface CausesCardProps {
  readonly run: RunAnswer
  readonly chosen: Cause | null
  readonly onChoose: (cause: Cause | null) => void
}

export function CausesCard({ run, chosen, onChoose }: CausesCardProps) {
  const causes = useCauses(run).data?.causes ?? []
  if (causes.length === 0) return null
  return (
    <Card
      title={run.undoes === null ? text.causes.title : text.causes.undoTitle}
      hint={run.undoes === null ? text.causes.hint : text.causes.undoHint}
      isFlush
      aside={run.undoes === null && <Link href="/attention">{text.causes.decide}</Link>}
    >
      <ul className={classes.list} aria-label={text.causes.title}>
        {causes.map((cause) => {
          const isChosen = chosen !== null && isSameCause(chosen, cause)
          const { what, example, next } = causeWords(cause)
          return (
            <li key={`${cause.outcome}/${cause.code}/${cause.field}`} className={classes.cause}>
              <div className={classes.words}>
                <p className={classes.what}>
                  <StatusMark tone={outcomeTone(cause.outcome)} word={outcomeWords(run)[cause.outcome]} />{' '}
                  <strong>{countOf(cause.count, 'record', 'records')}</strong>
                  {what && `: ${what}`}
                </p>
                <p dir="auto">{example}</p>
                {next && <p className={classes.next}>{next}</p>}
              </div>
              <Button
                size="sm"
                variant="default"
                aria-pressed={isChosen}
                onClick={() => onChoose(isChosen ? null : cause)}
              >
                {isChosen ? text.causes.showAll : text.causes.show}
              </Button>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
