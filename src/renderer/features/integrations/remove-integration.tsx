/** Removes an integration after saying what stays. */
import { Text } from '@mantine/core'
import { useLocation } from 'wouter'
import { ConfirmButton } from '#renderer/ui/confirm-button.tsx'
import type { Integration } from './integration-view.ts'
import { text } from './text.ts'
import { useRemoveIntegration } from './use-integrations.ts'

export function RemoveIntegration({ integration }: { readonly integration: Integration }) {
  const [, navigate] = useLocation()
  const remove = useRemoveIntegration()
  return (
    <ConfirmButton
      label={text.remove.button}
      title={text.remove.title(integration.name)}
      yes={text.remove.yes}
      no={text.remove.no}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ integrationId: integration.id }, { onSuccess: () => navigate('/integrations') })}
    >
      <Text>{text.remove.words}</Text>
      <Text c="dimmed">{text.remove.stays}</Text>
    </ConfirmButton>
  )
}
