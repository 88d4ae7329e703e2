/** A new connection to a chosen service: its settings, then its own page with keys and test. */
import { useLocation } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { freeId } from '#renderer/ui/free-id.ts'
import { Page } from '#renderer/ui/page.tsx'
import { type ConnectionDraft, ConnectionForm } from './connection-form.tsx'
import type { Connector } from './connection-view.ts'
import { OpenApiCard } from './open-api-card.tsx'
import { text } from './text.ts'
import { useConnections, useConnectors, useSave } from './use-connections.ts'

export function NewConnectionScreen({ connectorId }: { readonly connectorId: string }) {
  const connectors = useConnectors()
  const connector = connectors.data?.connectors.find(({ id }) => id === connectorId)
  return (
    <Page
      title={connector ? text.add.choose(connector.name) : text.add.title}
      lead={text.add.settingsLead}
      parent={{ href: '/add/connection', label: text.add.title }}
    >
      <Answer of={connectors} lines={6}>
        {() => connector && <New key={connector.id} connector={connector} />}
      </Answer>
    </Page>
  )
}

function New({ connector }: { readonly connector: Connector }) {
  const [, navigate] = useLocation()
  const { data } = useConnections()
  const save = useSave()
  const store = (draft: ConnectionDraft): void => {
    const id = freeId(draft.name, data?.connections.map((one) => one.id) ?? [])
    save.mutate(
      { definition: { id, connector: connector.id, ...draft }, expectedVersion: null },
      { onSuccess: () => navigate(`/connections/${id}`) },
    )
  }
  return (
    <>
      {connector.id === 'rest' && <OpenApiCard />}
      <ConnectionForm
        connector={connector}
        start={{ name: '', environment: 'production', settings: {} }}
        saveLabel={text.add.save}
        isBusy={save.isPending}
        error={save.error}
        onSave={store}
      />
    </>
  )
}
