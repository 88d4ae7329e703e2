/** Removes a connection after saying what stops by it. */
import { List, Text } from '@mantine/core'
import { useLocation } from 'wouter'
import { ConfirmButton } from '#renderer/ui/confirm-button.tsx'
import type { Connection } from './connection-view.ts'
import { text } from './text.ts'
import { useIntegrationNames, useRemove } from './use-connections.ts'

export function RemoveButton({ connection }: { readonly connection: Connection }) {
  const [, navigate] = useLocation()
  const names = useIntegrationNames()
  const remove = useRemove()
  const { id: connectionId, usedBy: stops } = connection
  return (
    <ConfirmButton
      label={text.remove.button}
      title={text.remove.title(connection.name)}
      yes={text.remove.yes(stops.length)}
      no={text.remove.no}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate({ connectionId, stops: [...stops] }, { onSuccess: () => navigate('/connections') })
      }
    >
      {stops.length === 0 ? (
        <Text>{text.remove.none}</Text>
      ) : (
        <>
          <Text>{text.remove.stops}</Text>
          <List withPadding>
            {stops.map((id) => (
              <List.Item key={id}>{names.get(id) ?? id}</List.Item>
            ))}
          </List>
        </>
      )}
      <Text c="dimmed">{text.remove.keys}</Text>
    </ConfirmButton>
  )
}
