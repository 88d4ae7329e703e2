/** All connections, the environment of each plain to see. */
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { RowList } from '#renderer/ui/row-list.tsx'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import { type Connection, connectionMark, usedByWords } from './connection-view.ts'
import { text } from './text.ts'
import { useConnections, useIntegrationNames } from './use-connections.ts'

export function ConnectionsScreen() {
  const connections = useConnections()
  return (
    <Page
      title={text.title}
      lead={text.lead}
      actions={
        <Button component={Link} href="/add/connection">
          {text.add.button}
        </Button>
      }
    >
      <Answer of={connections} lines={5}>
        {(ready) => (
          <Card isFlush>{ready.connections.length === 0 ? <Empty /> : <List connections={ready.connections} />}</Card>
        )}
      </Answer>
    </Page>
  )
}

function Empty() {
  return (
    <EmptyState
      icon="connections"
      title={text.empty}
      action={
        <Button component={Link} href="/add/connection">
          {text.add.button}
        </Button>
      }
    >
      {text.emptyWords}
    </EmptyState>
  )
}

function List({ connections }: { readonly connections: readonly Connection[] }) {
  const names = useIntegrationNames()
  const items = connections.map((connection) => ({
    id: connection.id,
    href: `/connections/${connection.id}`,
    title: connection.name,
    line: (
      <>
        {connection.connectorName}
        <br />
        {usedByWords(connection, names)}
      </>
    ),
    marks: (
      <>
        <EnvironmentBadge environment={connection.environment} />
        <StatusMark {...connectionMark(connection)} />
      </>
    ),
  }))
  return <RowList items={items} label={text.title} />
}
