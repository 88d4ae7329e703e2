/** A fan-out or an aggregation: its legs, each with its own state, and what can be done with all of them. */
import { Button } from '@mantine/core'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { RowList } from '#renderer/ui/row-list.tsx'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import { fieldLabel } from '#renderer/ui/value-view.ts'
import classes from './integration-screen.module.css'
import { integrationMark, lastWords, routeWords } from './integration-view.ts'
import { type IntegrationSet, ownedFields, readyLegs, setMark, setRoute, setsOf } from './set-view.ts'
import { text } from './text.ts'
import { useConnectionsById, useIntegrations, useSetSteps } from './use-integrations.ts'

export function SetScreen({ setId }: { readonly setId: string }) {
  const integrations = useIntegrations()
  const set = integrations.data && setsOf(integrations.data.integrations).find(({ id }) => id === setId)
  if (set) return <Ready key={setId} set={set} />
  return (
    <Page title={text.title} parent={{ href: '/integrations', label: text.title }}>
      <Answer of={integrations} lines={6}>
        {() => (
          <Card>
            <EmptyState icon="integrations" title={text.sets.gone}>
              {text.sets.goneWords}
            </EmptyState>
          </Card>
        )}
      </Answer>
    </Page>
  )
}

function Ready({ set }: { readonly set: IntegrationSet }) {
  const names = new Map([...useConnectionsById()].map(([id, connection]) => [id, connection.name]))
  const steps = useSetSteps()
  const { toRun, toPlan } = readyLegs(set)
  return (
    <Page
      title={set.name}
      parent={{ href: '/integrations', label: text.title }}
      marks={
        <span role="status">
          <StatusMark {...setMark(set)} />
        </span>
      }
      lead={`${text.sets.words[set.pattern]} ${setRoute(set, names)}`}
      actions={
        <>
          {toPlan.length > 0 && (
            <Button variant="default" loading={steps.isBusy} onClick={() => steps.plan(toPlan)}>
              {text.sets.plan(toPlan.length)}
            </Button>
          )}
          <Button
            leftSection={<Icon name="play" size={16} />}
            disabled={toRun.length === 0}
            loading={steps.isBusy}
            onClick={() => steps.run(toRun)}
          >
            {text.sets.run(toRun.length, set.legs.length)}
          </Button>
        </>
      }
    >
      {steps.error && <ErrorNotice error={steps.error.info} />}
      <Card title={text.sets.legs} hint={text.sets.legsHint} isFlush>
        <RowList
          label={text.sets.legs}
          items={set.legs.map((leg) => ({
            id: leg.id,
            href: `/integrations/${leg.id}`,
            title: leg.name,
            line: (
              <>
                {routeWords(leg, names)}
                <br />
                {lastWords(leg)}
              </>
            ),
            marks: <StatusMark {...integrationMark(leg)} />,
          }))}
        />
      </Card>
      {set.pattern === 'aggregation' && <Owners set={set} />}
    </Page>
  )
}

function Owners({ set }: { readonly set: IntegrationSet }) {
  return (
    <Card title={text.sets.owners} hint={text.sets.ownersHint}>
      <ul className={classes.sentences}>
        {ownedFields(set).map(({ field, owner, others }) => (
          <li key={field}>{text.sets.ownerOf(fieldLabel(field), owner, others)}</li>
        ))}
      </ul>
    </Card>
  )
}
