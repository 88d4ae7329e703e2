/** A plan: every write before it is made, and the button that lets it happen. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { CountTiles } from '#renderer/ui/count-tiles.tsx'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { countOf, formatInstant } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { type PlanAnswer, planMark } from '#renderer/ui/run-view.ts'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import { ApproveDialog } from './approve-dialog.tsx'
import { PlanItems } from './plan-items.tsx'
import { actionOf, planLead, planStep, planTiles } from './plan-view.ts'
import { text } from './text.ts'
import { usePlan, usePlanActions, useTarget } from './use-plan.ts'

export function PlanScreen({ planId }: { readonly planId: string }) {
  const plan = usePlan(planId)
  if (plan.data) return <Ready key={planId} plan={plan.data} />
  return (
    <Page title={text.title} parent={{ href: '/integrations', label: text.integrations }}>
      <Answer of={plan} lines={6}>
        {() => null}
      </Answer>
    </Page>
  )
}

function Ready({ plan }: { readonly plan: PlanAnswer }) {
  const { integration, destination, into } = useTarget(plan.integrationId)
  const [chosen, setChosen] = useState<string | null>(null)
  const actions = usePlanActions(plan)
  const step = planStep(plan, integration?.version)
  const name = integration?.name ?? plan.integrationId
  const isUndo = plan.undoes !== null
  return (
    <Page
      title={isUndo ? text.undo.titleOf(name) : text.titleOf(name)}
      parent={{ href: `/integrations/${plan.integrationId}`, label: name }}
      marks={
        <>
          <span role="status">
            <StatusMark {...planMark(plan)} />
          </span>
          {destination && <EnvironmentBadge environment={destination.environment} />}
        </>
      }
      lead={
        <>
          {planLead(plan)}{' '}
          {plan.state !== 'making' &&
            text.made(formatInstant(plan.createdAt), countOf(plan.readCount, 'record', 'records'))}
        </>
      }
      actions={<Actions plan={plan} step={step} destination={into || text.title} actions={actions} />}
    >
      {actions.error && <ErrorNotice error={actions.error.info} />}
      {plan.error && <ErrorNotice error={plan.error} />}
      {plan.state === 'ready' && step === 'renew' && (
        <Notice tone="warn" title={text.outdated}>
          {text.outdatedWords}
        </Notice>
      )}
      {isUndo && plan.state === 'ready' && plan.counts.held > 0 && <LeftAlone plan={plan} actions={actions} />}
      <CountTiles
        label={isUndo ? text.undo.counts : text.counts}
        tiles={planTiles(plan)}
        chosen={chosen}
        onChoose={setChosen}
      />
      {plan.state !== 'failed' && <PlanItems plan={plan} action={actionOf(chosen)} onShowAll={() => setChosen(null)} />}
    </Page>
  )
}

function LeftAlone({
  plan,
  actions,
}: {
  readonly plan: PlanAnswer
  readonly actions: ReturnType<typeof usePlanActions>
}) {
  return (
    <Notice tone="warn" title={text.undo.held(plan.counts.held, countOf(plan.counts.held, 'record', 'records'))}>
      <p>{text.undo.heldWords}</p>
      <Button variant="default" size="xs" loading={actions.isBusy} onClick={actions.withNewer}>
        {text.undo.withNewer}
      </Button>
    </Notice>
  )
}

interface ActionsProps {
  readonly plan: PlanAnswer
  readonly step: ReturnType<typeof planStep>
  readonly destination: string
  readonly actions: ReturnType<typeof usePlanActions>
}

function Actions({ plan, step, destination, actions }: ActionsProps) {
  const [isAsking, setAsking] = useState(false)
  if (step === 'wait') return null
  if (step === 'nothing') {
    return (
      <Button variant="default" disabled={actions.isBusy} onClick={actions.discard}>
        {text.discard}
      </Button>
    )
  }
  if (step === 'done') {
    return (
      <Button
        component={Link}
        href={plan.undoes === null ? `/integrations/${plan.integrationId}` : `/runs/${plan.undoes}`}
        variant="default"
      >
        {plan.undoes === null ? text.showRun : text.undo.run}
      </Button>
    )
  }
  if (step === 'renew') {
    return (
      <Button loading={actions.isBusy} onClick={actions.renew}>
        {text.newPlan}
      </Button>
    )
  }
  return (
    <>
      <Button variant="default" disabled={actions.isBusy} onClick={actions.discard}>
        {text.discard}
      </Button>
      <Button size="sm" loading={actions.isBusy} onClick={() => setAsking(true)}>
        {plan.undoes === null ? text.approve : text.undo.approve}
      </Button>
      <ApproveDialog
        isOpen={isAsking}
        plan={plan}
        destination={destination}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false)
          actions.approve()
        }}
      />
    </>
  )
}
