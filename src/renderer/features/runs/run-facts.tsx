/** When a run was, how long it took, and where the time went. */
import { Link } from 'wouter'
import { Card } from '#renderer/ui/card.tsx'
import { formatCount, formatDuration, formatInstant } from '#renderer/ui/format.ts'
import type { RunDetail } from '#renderer/ui/run-view.ts'
import { bottleneck, timeBars } from './run-detail-view.ts'
import classes from './run-facts.module.css'
import { text } from './text.ts'

export function RunFacts({ run }: { readonly run: RunDetail }) {
  return (
    <div className={classes.pair}>
      <Card title={text.about}>
        <dl className={classes.facts}>
          <Fact name={text.facts.started} value={formatInstant(run.startedAt)} />
          {run.endedAt !== null && <Fact name={text.facts.ended} value={formatInstant(run.endedAt)} />}
          {run.endedAt !== null && (
            <Fact name={text.facts.took} value={formatDuration(Date.parse(run.endedAt) - Date.parse(run.startedAt))} />
          )}
          <Fact name={text.facts.read} value={formatCount(run.readCount)} />
          {run.resumeCount > 0 && <Fact name={text.facts.resumed} value={text.times(run.resumeCount)} />}
          <Fact name={text.facts.version} value={String(run.integrationVersion)} />
          {run.undo.until !== null && (run.undo.state === 'possible' || run.undo.state === 'over') && (
            <Fact
              name={run.undo.state === 'over' ? text.undo.over : text.undo.until}
              value={formatInstant(run.undo.until)}
            />
          )}
          {run.undoes !== null && (
            <div>
              <dt>{text.undo.of}</dt>
              <dd>
                <Link href={`/runs/${run.undoes}`}>{text.undo.thatRun}</Link>
              </dd>
            </div>
          )}
          {run.planId !== null && (
            <div>
              <dt>{text.facts.plan}</dt>
              <dd>
                <Link href={`/plans/${run.planId}`}>{text.facts.showPlan}</Link>
              </dd>
            </div>
          )}
        </dl>
      </Card>
      {run.timings && <Times timings={run.timings} />}
    </div>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Times({ timings }: { readonly timings: NonNullable<RunDetail['timings']> }) {
  const sentence = bottleneck(timings)
  return (
    <Card title={text.time} hint={text.timeHint}>
      {sentence && <p className={classes.sentence}>{sentence}</p>}
      <dl className={classes.bars}>
        {timeBars(timings).map((bar) => (
          <div key={bar.label}>
            <dt>{bar.label}</dt>
            <dd>
              <span className={classes.track}>
                <span className={classes.bar} style={{ width: `${bar.percent}%` }} />
              </span>
              <span className={classes.took}>{bar.took}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
