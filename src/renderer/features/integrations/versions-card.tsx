/** The versions of an integration; an earlier one can be brought back as the newest. */
import { Text } from '@mantine/core'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { ConfirmButton } from '#renderer/ui/confirm-button.tsx'
import { formatInstant } from '#renderer/ui/format.ts'
import classes from './integration-screen.module.css'
import type { Integration } from './integration-view.ts'
import { text } from './text.ts'
import { useBringBack, useVersions } from './use-integrations.ts'

const mostShown = 20

export function VersionsCard({ integration }: { readonly integration: Integration }) {
  const versions = useVersions(integration.id)
  return (
    <Answer of={versions}>
      {(ready) =>
        ready.versions.length < 2 ? null : (
          <Card title={text.versions.title} hint={text.versions.hint}>
            <ul className={classes.sentences}>
              {ready.versions.slice(0, mostShown).map(({ version, savedAt }) => (
                <li key={version} className={classes.version}>
                  <span>
                    {text.versions.line(version, formatInstant(savedAt))}
                    {version === integration.version && <strong> {text.versions.current}</strong>}
                  </span>
                  {version !== integration.version && <BringBack integration={integration} version={version} />}
                </li>
              ))}
            </ul>
          </Card>
        )
      }
    </Answer>
  )
}

function BringBack({ integration, version }: { readonly integration: Integration; readonly version: number }) {
  const { bringBack, isPending, error } = useBringBack(integration)
  return (
    <ConfirmButton
      label={text.versions.bringBack}
      title={text.versions.ask(version)}
      yes={text.versions.bringBack}
      no={text.versions.no}
      isBusy={isPending}
      error={error}
      onConfirm={(close) => bringBack(version, close)}
    >
      <Text>{text.versions.words}</Text>
    </ConfirmButton>
  )
}
