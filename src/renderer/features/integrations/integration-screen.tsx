/** One integration: the next step, its rules in sentences, its plans and runs. */
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { formatAgo, formatInstant } from '#renderer/ui/format.ts'
import { Icon } from '#renderer/ui/icons.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { RowList } from '#renderer/ui/row-list.tsx'
import { RunRows } from '#renderer/ui/run-rows.tsx'
import { planMark } from '#renderer/ui/run-view.ts'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import classes from './integration-screen.module.css'
import { endWords, type Integration, integrationMark, planSentence } from './integration-view.ts'
import { LegsCard } from './legs-card.tsx'
import { NextStepCard } from './next-step-card.tsx'
import { RemoveIntegration } from './remove-integration.tsx'
import { ScheduleCard } from './schedule-card.tsx'
import { text } from './text.ts'
import { useConnectionsById, useIntegration, usePlansOf, useRunsOf } from './use-integrations.ts'
import { VersionsCard } from './versions-card.tsx'

export function IntegrationScreen({ integrationId }: { readonly integrationId: string }) {
  const integration = useIntegration(integrationId)
  if (integration.data) return <Ready key={integrationId} integration={integration.data} />
  return (
    <Page title={text.title} parent={{ href: '/integrations', label: text.title }}>
      <Answer of={integration} lines={6}>
        {() => null}
      </Answer>
    </Page>
  )
}

function Ready({ integration }: { readonly integration: Integration }) {
  return (
    <Page
      title={integration.name}
      parent={{ href: '/integrations', label: text.title }}
      marks={
        <span role="status">
          <StatusMark {...integrationMark(integration)} />
        </span>
      }
      actions={
        <>
          <RemoveIntegration integration={integration} />
          <Button component={Link} href={`/integrations/${integration.id}/edit`} variant="default">
            {text.edit}
          </Button>
        </>
      }
    >
      <Route integration={integration} />
      <NextStepCard integration={integration} />
      <ScheduleCard integrationId={integration.id} />
      <Card
        title={text.detail.rules}
        hint={text.detail.rulesHint(integration.version, formatInstant(integration.savedAt))}
      >
        <ul className={classes.sentences}>
          {integration.sentences.map((sentence) => (
            <li key={sentence} dir="auto">
              {sentence}
            </li>
          ))}
        </ul>
      </Card>
      <Plans integrationId={integration.id} />
      <Runs integrationId={integration.id} />
      <LegsCard integration={integration} />
      <VersionsCard integration={integration} />
    </Page>
  )
}

function Route({ integration }: { readonly integration: Integration }) {
  const isBothWays = integration.pattern === 'two-way'
  return (
    <div className={classes.route}>
      <End label={isBothWays ? text.detail.oneSide : text.detail.source} end={integration.source} />
      <span className={classes.arrow}>
        <Icon name={isBothWays ? 'both-ways' : 'arrow'} size={26} />
      </span>
      <End label={isBothWays ? text.detail.otherSide : text.detail.destination} end={integration.destination} />
    </div>
  )
}

function End({ label, end }: { readonly label: string; readonly end: Integration['source'] }) {
  const connections = useConnectionsById()
  const connection = connections.get(end.connection)
  const names = new Map([...connections].map(([id, { name }]) => [id, name]))
  return (
    <div className={classes.end}>
      <span className={classes.endLabel}>{label}</span>
      <Link href={`/connections/${end.connection}`} className={classes.endName}>
        {endWords(end, names)}
      </Link>
      {connection && (
        <span>
          <EnvironmentBadge environment={connection.environment} />
        </span>
      )}
    </div>
  )
}

function Plans({ integrationId }: { readonly integrationId: string }) {
  const plans = usePlansOf(integrationId)
  return (
    <Answer of={plans}>
      {(ready) =>
        ready.plans.length === 0 ? null : (
          <Card title={text.detail.plans} hint={text.detail.plansHint} isFlush>
            <RowList
              label={text.detail.plans}
              items={ready.plans.map((plan) => ({
                id: plan.id,
                href: `/plans/${plan.id}`,
                title: text.detail.planOf(formatInstant(plan.createdAt)),
                line: plan.error?.message ?? planSentence(plan.counts),
                marks: <StatusMark {...planMark(plan)} />,
                facts: formatAgo(plan.createdAt, Date.now()),
              }))}
            />
          </Card>
        )
      }
    </Answer>
  )
}

function Runs({ integrationId }: { readonly integrationId: string }) {
  const runs = useRunsOf(integrationId)
  return (
    <Answer of={runs}>
      {(ready) =>
        ready.runs.length === 0 ? null : (
          <Card title={text.detail.runs} isFlush>
            <RunRows runs={ready.runs} label={text.detail.runs} />
          </Card>
        )
      }
    </Answer>
  )
}
