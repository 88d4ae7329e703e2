/** The first passphrase, typed twice: there is no way back to it. */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Card } from '#renderer/ui/card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { text } from './text.ts'
import { useSetPassphrase } from './use-vault.ts'
import { passphraseFlaw } from './vault-view.ts'

export function SetPassphraseForm() {
  const store = useSetPassphrase()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [isAsked, setAsked] = useState(false)
  const flaw = isAsked ? passphraseFlaw(first, second) : null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setAsked(true)
    if (passphraseFlaw(first, second) === null) store.mutate({ passphrase: first })
  }
  return (
    <Card>
      <form onSubmit={submit}>
        <Stack gap="md" maw={460}>
          <PasswordInput
            label={text.setUp.label}
            description={text.setUp.help}
            size="md"
            autoComplete="new-password"
            value={first}
            maxLength={1_000}
            error={flaw === 'tooShort' ? text.setUp.tooShort : null}
            onChange={(event) => setFirst(event.currentTarget.value)}
          />
          <PasswordInput
            label={text.setUp.again}
            size="md"
            autoComplete="new-password"
            value={second}
            maxLength={1_000}
            error={flaw === 'differs' ? text.setUp.differs : null}
            onChange={(event) => setSecond(event.currentTarget.value)}
          />
          <Button type="submit" size="md" loading={store.isPending}>
            {text.setUp.button}
          </Button>
          {store.error && <ErrorNotice error={store.error.info} />}
        </Stack>
      </form>
    </Card>
  )
}
