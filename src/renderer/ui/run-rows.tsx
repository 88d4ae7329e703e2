/** Runs as rows that lead to the run. */
import { formatAgo, formatDuration, formatInstant } from './format.ts'
import { RowList } from './row-list.tsx'
import { progressSentence, type RunAnswer, runMark } from './run-view.ts'
import { StatusMark } from './status-mark.tsx'

export interface RunRowsProps {
  readonly runs: readonly RunAnswer[]
  /** Names of integrations by id; without them each row is named by its time. */
  readonly names?: ReadonlyMap<string, string>
  readonly label: string
}

export function RunRows({ runs, names, label }: RunRowsProps) {
  const items = runs.map((run) => ({
    id: run.id,
    href: `/runs/${run.id}`,
    title: names ? (names.get(run.integrationId) ?? run.integrationId) : formatInstant(run.startedAt),
    line: progressSentence(run),
    marks: <StatusMark {...runMark(run)} />,
    facts: <Times run={run} />,
  }))
  return <RowList items={items} label={label} />
}

function Times({ run }: { readonly run: RunAnswer }) {
  const tookMs = run.endedAt === null ? null : Date.parse(run.endedAt) - Date.parse(run.startedAt)
  return (
    <>
      <time dateTime={run.startedAt} title={formatInstant(run.startedAt)}>
        {formatAgo(run.startedAt, Date.now())}
      </time>
      {tookMs !== null && <>, took {formatDuration(tookMs)}</>}
    </>
  )
}
