/** What the connection screens ask and do. */
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'

export function useConnections() {
  return useAnswer('connections.list', {})
}

export function useConnection(connectionId: string) {
  return useAnswer('connections.get', { connectionId })
}

/** Asked only once the person wants to see it: it may have to speak to the service. */
export function useObjects(connectionId: string, isWanted: boolean) {
  return useAnswer('connections.objects', { connectionId }, { isWanted })
}

export function useTest() {
  return useAction('connections.test')
}

export function useSetSecret() {
  return useAction('connections.set-secret')
}

export function useIntegrationNames(): ReadonlyMap<string, string> {
  const { data } = useAnswer('integrations.list', {})
  return new Map(data?.integrations.map(({ id, name }) => [id, name]))
}

/** The services Patchbay can speak to; they do not change while it runs. */
export function useConnectors() {
  return useAnswer('connectors.list', {})
}

export function useSave() {
  return useAction('connections.save')
}

export function useRemove() {
  return useAction('connections.remove')
}

export function usePropose() {
  return useAction('connections.propose')
}

export function useImport() {
  return useAction('definitions.import')
}
