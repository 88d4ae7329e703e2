/** The one thing to do next with an integration, as a button with an explanation. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import { assertNever } from '#shared/errors.ts'
import classes from './integration-screen.module.css'
import { type Integration, type NextStep, nextStep } from './integration-view.ts'
import { text } from './text.ts'
import { useSteps } from './use-integrations.ts'

type Steps = ReturnType<typeof useSteps>

export function NextStepCard({ integration }: { readonly integration: Integration }) {
  const steps = useSteps(integration.id)
  const step = nextStep(integration)
  return (
    <>
      <section className={classes.step} aria-label={text.detail.next}>
        <div className={classes.stepWords}>
          <h2>{text.steps[step.kind].title}</h2>
          <p>{wordsOf(step)}</p>
        </div>
        <div className={classes.stepActions}>{buttonsOf(step, steps)}</div>
      </section>
      {steps.error && <ErrorNotice error={steps.error.info} />}
    </>
  )
}

function wordsOf(step: NextStep): string {
  return step.kind === 'approve' || step.kind === 'making' ? step.words : text.steps[step.kind].words
}

function buttonsOf(step: NextStep, steps: Steps): ReactNode {
  switch (step.kind) {
    case 'first':
    case 'changed':
      return (
        <Button
          size="md"
          loading={steps.isPlanning}
          leftSection={<Icon name="plan" size={18} />}
          onClick={steps.makePlan}
        >
          {text.steps[step.kind].button}
        </Button>
      )
    case 'making':
    case 'approve':
      return (
        <Button size="md" component={Link} href={`/plans/${step.planId}`}>
          {text.steps[step.kind].button}
        </Button>
      )
    case 'running':
      return (
        <Button size="md" component={Link} href={`/runs/${step.runId}`}>
          {text.steps.running.button}
        </Button>
      )
    case 'goOn':
      return (
        <>
          <Button size="md" variant="default" component={Link} href={`/runs/${step.runId}`}>
            {text.steps.goOn.second}
          </Button>
          <RunButton steps={steps} word={text.steps.goOn.button} />
        </>
      )
    case 'run':
      return (
        <>
          <Button size="md" variant="default" loading={steps.isPlanning} onClick={steps.makePlan}>
            {text.steps.run.second}
          </Button>
          <RunButton steps={steps} word={text.steps.run.button} />
        </>
      )
    default:
      return assertNever(step, 'next step')
  }
}

function RunButton({ steps, word }: { readonly steps: Steps; readonly word: string }) {
  return (
    <Button size="md" loading={steps.isStarting} leftSection={<Icon name="play" size={16} />} onClick={steps.run}>
      {word}
    </Button>
  )
}
