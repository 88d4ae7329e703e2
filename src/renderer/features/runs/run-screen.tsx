/** One run: what it did, what needs a person, each record before and after. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { CountTiles } from '#renderer/ui/count-tiles.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatInstant } from '#renderer/ui/format.ts'
import { Icon } from '#renderer/ui/icons.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { progressSentence, type RunDetail, runMark } from '#renderer/ui/run-view.ts'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { CausesCard } from './causes-card.tsx'
import type { Cause } from './causes-view.ts'
import { NotesCard } from './notes-card.tsx'
import { PrunedCard } from './pruned-card.tsx'
import { outcomeOf, outcomeTiles, runActions } from './run-detail-view.ts'
import { RunFacts } from './run-facts.tsx'
import { RunRecords } from './run-records.tsx'
import { text } from './text.ts'
import { useIntegrationNames, useRun, useRunActions } from './use-runs.ts'

export function RunScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId)
  if (run.data) return <Ready key={runId} run={run.data} />
  return (
    <Page title={text.title} parent={{ href: '/runs', label: text.title }}>
      <Answer of={run} lines={6}>
        {() => null}
      </Answer>
    </Page>
  )
}

function Ready({ run }: { readonly run: RunDetail }) {
  const names = useIntegrationNames()
  const [chosen, setChosen] = useState<string | null>(null)
  const [cause, setCause] = useState<Cause | null>(null)
  const actions = useRunActions(run.id, run.integrationId)
  // An outcome and a cause are two ways to narrow the same list.
  const choose = (outcome: string | null, next: Cause | null): void => {
    setChosen(outcome)
    setCause(next)
  }
  return (
    <Page
      title={names.get(run.integrationId) ?? run.integrationId}
      parent={{ href: '/runs', label: text.title }}
      marks={
        <span role="status">
          <StatusMark {...runMark(run)} />
        </span>
      }
      lead={run.waitsFor === null ? progressSentence(run) : text.waitsFor(names.get(run.waitsFor) ?? run.waitsFor)}
      actions={<Actions run={run} actions={actions} />}
    >
      {actions.error && <ErrorNotice error={actions.error.info} />}
      {run.error && <ErrorNotice error={run.error} />}
      {run.waits.map((wait) => (
        <Notice key={wait.connection} tone="info" title={text.waitsUntil(formatInstant(wait.until))}>
          {wait.message}
        </Notice>
      ))}
      {run.undo.by !== null && <Undone by={run.undo.by} />}
      <CountTiles label={text.counts} tiles={outcomeTiles(run)} chosen={chosen} onChoose={(key) => choose(key, null)} />
      <CausesCard run={run} chosen={cause} onChoose={(next) => choose(null, next)} />
      <NotesCard notes={run.notes} />
      <RunFacts run={run} />
      {run.historyPrunedAt === undefined ? (
        <RunRecords run={run} outcome={outcomeOf(chosen)} cause={cause} onShowAll={() => choose(null, null)} />
      ) : (
        <PrunedCard run={run} />
      )}
    </Page>
  )
}

function Undone({ by }: { readonly by: string }) {
  return (
    <Notice tone="info" title={text.undo.byTitle}>
      {text.undo.byWords} <Link href={`/runs/${by}`}>{text.undo.byLink}</Link>
    </Notice>
  )
}

function Actions({ run, actions }: { readonly run: RunDetail; readonly actions: ReturnType<typeof useRunActions> }) {
  const [isAsking, setAsking] = useState(false)
  const can = runActions(run)
  return (
    <>
      <Button component={Link} href={`/integrations/${run.integrationId}`} variant="default">
        {text.actions.integration}
      </Button>
      {can.includes('pause') && (
        <Button variant="default" disabled={actions.isBusy} onClick={actions.pause}>
          {text.actions.pause}
        </Button>
      )}
      {can.includes('cancel') && (
        <Button variant="default" disabled={actions.isBusy} onClick={() => setAsking(true)}>
          {text.actions.cancel}
        </Button>
      )}
      {run.undo.state === 'possible' && (
        <Button variant="default" disabled={actions.isBusy} onClick={actions.undo}>
          {text.undo.action}
        </Button>
      )}
      {(can.includes('goOn') || can.includes('again')) && (
        <Button leftSection={<Icon name="play" size={16} />} loading={actions.isBusy} onClick={actions.start}>
          {can.includes('goOn') ? text.actions.goOn : text.actions.again}
        </Button>
      )}
      <CancelDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false)
          actions.cancel()
        }}
      />
    </>
  )
}
