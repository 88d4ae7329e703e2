/** Changes a connection: saved as the next version, made from the one that is shown. */
import { Button } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { ConnectionForm } from './connection-form.tsx'
import type { Connection, Connector } from './connection-view.ts'
import { text } from './text.ts'
import { useConnection, useConnectors, useSave } from './use-connections.ts'

export function EditConnectionScreen({ connectionId }: { readonly connectionId: string }) {
  const connection = useConnection(connectionId)
  const connectors = useConnectors()
  const connector = connectors.data?.connectors.find(({ id }) => id === connection.data?.connector)
  const parent = { href: `/connections/${connectionId}`, label: connection.data?.name ?? text.title }
  return (
    <Page title={text.edit.title(parent.label)} lead={text.edit.lead} parent={parent}>
      <Answer of={connection} lines={6}>
        {(ready) => connector && <Edit key={connectionId} connection={ready} connector={connector} />}
      </Answer>
    </Page>
  )
}

function Edit({ connection, connector }: { readonly connection: Connection; readonly connector: Connector }) {
  const [, navigate] = useLocation()
  const save = useSave()
  const home = `/connections/${connection.id}`
  const { id, name, environment, settings, version } = connection
  return (
    <ConnectionForm
      connector={connector}
      start={{ name, environment, settings }}
      saveLabel={text.edit.save}
      isBusy={save.isPending}
      error={save.error}
      onSave={(draft) =>
        save.mutate(
          { definition: { id, connector: connector.id, ...draft }, expectedVersion: version },
          { onSuccess: () => navigate(home) },
        )
      }
      otherButton={
        <Button component={Link} href={home} variant="default" size="md">
          {text.edit.cancel}
        </Button>
      }
    />
  )
}
