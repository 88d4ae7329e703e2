/** The integrations and connections the palette can go to. */
import { useAnswer } from '#renderer/app/session-queries.ts'

export function useKnown() {
  const integrations = useAnswer('integrations.list', {})
  const connections = useAnswer('connections.list', {})
  return {
    integrations: integrations.data?.integrations ?? [],
    connections: connections.data?.connections ?? [],
  }
}
