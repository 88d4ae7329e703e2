/** One connection: test it, give it its keys, see what it holds and who uses it. */
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import classes from './connection-screen.module.css'
import { type Connection, connectionMark } from './connection-view.ts'
import { ObjectsCard } from './objects-card.tsx'
import { RemoveButton } from './remove-button.tsx'
import { SecretsCard } from './secrets-card.tsx'
import { text } from './text.ts'
import { useConnection, useIntegrationNames, useTest } from './use-connections.ts'

export function ConnectionScreen({ connectionId }: { readonly connectionId: string }) {
  const connection = useConnection(connectionId)
  if (connection.data) return <Ready key={connectionId} connection={connection.data} />
  return (
    <Page title={text.title} parent={{ href: '/connections', label: text.title }}>
      <Answer of={connection} lines={6}>
        {() => null}
      </Answer>
    </Page>
  )
}

function Ready({ connection }: { readonly connection: Connection }) {
  return (
    <Page
      title={connection.name}
      lead={connection.connectorName}
      parent={{ href: '/connections', label: text.title }}
      marks={
        <>
          <EnvironmentBadge environment={connection.environment} />
          <StatusMark {...connectionMark(connection)} />
        </>
      }
      actions={
        <>
          <Button component={Link} href={`/connections/${connection.id}/edit`} variant="default">
            {text.edit.button}
          </Button>
          <RemoveButton connection={connection} />
        </>
      }
    >
      <TestCard connectionId={connection.id} />
      {connection.secrets.length > 0 && <SecretsCard connection={connection} />}
      <ObjectsCard connectionId={connection.id} />
      <UsersCard connection={connection} />
    </Page>
  )
}

function TestCard({ connectionId }: { readonly connectionId: string }) {
  const test = useTest()
  const word = test.data || test.error ? text.test.again : text.test.button
  return (
    <Card
      title={text.test.title}
      hint={text.test.hint}
      aside={
        <Button
          loading={test.isPending}
          loaderProps={{ 'aria-label': text.test.busy }}
          onClick={() => test.mutate({ connectionId })}
        >
          {word}
        </Button>
      }
    >
      <div role="status">
        {test.data && (
          <Notice tone="ok" title={text.test.ok(test.data.account)}>
            {test.data.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </Notice>
        )}
      </div>
      {test.error && <ErrorNotice error={test.error.info} />}
    </Card>
  )
}

function UsersCard({ connection }: { readonly connection: Connection }) {
  const names = useIntegrationNames()
  return (
    <Card title={text.users.title}>
      {connection.usedBy.length === 0 ? (
        text.users.none
      ) : (
        <ul className={classes.users}>
          {connection.usedBy.map((id) => (
            <li key={id}>
              <Link href={`/integrations/${id}`}>{names.get(id) ?? id}</Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
