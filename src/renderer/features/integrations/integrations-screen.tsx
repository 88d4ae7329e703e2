/** All integrations with their route and state. */
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { RowList } from '#renderer/ui/row-list.tsx'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import { type Integration, integrationMark, lastWords, routeWords } from './integration-view.ts'
import { setMark, setRoute, setsOf } from './set-view.ts'
import { text } from './text.ts'
import { useConnectionsById, useIntegrations } from './use-integrations.ts'

export function IntegrationsScreen() {
  const integrations = useIntegrations()
  return (
    <Page
      title={text.title}
      lead={text.lead}
      actions={
        <Button component={Link} href="/add/integration">
          {text.create}
        </Button>
      }
    >
      <Answer of={integrations} lines={5}>
        {(ready) => (ready.integrations.length === 0 ? <Empty /> : <List integrations={ready.integrations} />)}
      </Answer>
    </Page>
  )
}

function Empty() {
  return (
    <Card>
      <EmptyState
        icon="integrations"
        title={text.empty}
        action={
          <Button component={Link} href="/add/integration">
            {text.create}
          </Button>
        }
      >
        {text.emptyWords}
      </EmptyState>
    </Card>
  )
}

function List({ integrations }: { readonly integrations: readonly Integration[] }) {
  const names = new Map([...useConnectionsById()].map(([id, connection]) => [id, connection.name]))
  const sets = setsOf(integrations).map((set) => ({
    id: `set-${set.id}`,
    href: `/sets/${set.id}`,
    title: set.name,
    line: (
      <>
        {setRoute(set, names)}
        <br />
        {text.sets.words[set.pattern]}
      </>
    ),
    marks: <StatusMark {...setMark(set)} />,
  }))
  const alone = integrations.filter(({ legOf }) => legOf === null)
  const items = alone.map((integration) => ({
    id: integration.id,
    href: `/integrations/${integration.id}`,
    title: integration.name,
    line: (
      <>
        {routeWords(integration, names)}
        <br />
        {lastWords(integration)}
      </>
    ),
    marks: <StatusMark {...integrationMark(integration)} />,
  }))
  return (
    <Card isFlush>
      <RowList items={[...items, ...sets]} label={text.title} />
    </Card>
  )
}
