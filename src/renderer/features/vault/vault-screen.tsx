/** Unlocks the vault, or sets its passphrase where there is no keychain. */
import { Anchor, Button, PasswordInput, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { SetPassphraseForm } from './set-passphrase-form.tsx'
import { text } from './text.ts'
import { useStatus, useUnlock } from './use-vault.ts'
import { type Vault, vaultOffer } from './vault-view.ts'

export function VaultScreen() {
  const status = useStatus()
  return (
    <Page title={status.data?.vault.state === 'empty' ? text.setUp.title : text.title} lead={text.lead}>
      <Answer of={status}>{({ vault }) => <Offer vault={vault} onAgain={() => void status.refetch()} />}</Answer>
    </Page>
  )
}

function Offer({ vault, onAgain }: { readonly vault: Vault; readonly onAgain: () => void }) {
  switch (vaultOffer(vault)) {
    case 'open':
      return (
        <Card>
          <EmptyState
            icon="ok"
            title={text.open}
            action={
              <Button component={Link} href="/">
                {text.goHome}
              </Button>
            }
          >
            {text.openWords}
          </EmptyState>
        </Card>
      )
    case 'setUp':
      return <SetPassphraseForm />
    case 'wait':
      return (
        <Notice tone="warn" title={vault.reason} action={<Button onClick={onAgain}>{text.tryAgain}</Button>}>
          <p>{vault.next}</p>
          <p>{text.kept}</p>
        </Notice>
      )
    default:
      return <UnlockForm vault={vault} />
  }
}

function UnlockForm({ vault }: { readonly vault: Vault }) {
  const unlock = useUnlock()
  const [passphrase, setPassphrase] = useState('')
  const [isAsked, setAsked] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setAsked(true)
    if (passphrase !== '') unlock.mutate({ passphrase })
  }
  return (
    <Card>
      <Stack gap="md" maw={460}>
        <div>
          <strong>{vault.reason}</strong> {text.kept}
        </div>
        <form onSubmit={submit}>
          <Stack gap="md" align="stretch">
            <PasswordInput
              label={text.unlock.label}
              description={vault.next}
              size="md"
              autoComplete="current-password"
              value={passphrase}
              maxLength={1_000}
              error={isAsked && passphrase === '' ? text.unlock.empty : null}
              onChange={(event) => setPassphrase(event.currentTarget.value)}
            />
            <Button type="submit" size="md" loading={unlock.isPending}>
              {text.unlock.button}
            </Button>
          </Stack>
        </form>
        {unlock.error && <ErrorNotice error={unlock.error.info} />}
        <Anchor component={Link} href="/">
          {text.later}
        </Anchor>
      </Stack>
    </Card>
  )
}
