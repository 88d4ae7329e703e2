/** The keys of a connection: whether they are stored, and a form to enter or replace one. A stored value is never shown. */
import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Card } from '#renderer/ui/card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import classes from './connection-screen.module.css'
import type { Connection } from './connection-view.ts'
import { text } from './text.ts'
import { useSetSecret } from './use-connections.ts'

type Secret = Connection['secrets'][number]

export function SecretsCard({ connection }: { readonly connection: Connection }) {
  return (
    <Card title={text.secrets.title} hint={text.secrets.hint}>
      <ul className={classes.secrets}>
        {connection.secrets.map((secret) => (
          <li key={secret.name} className={classes.secret}>
            <SecretRow connectionId={connection.id} secret={secret} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function SecretRow({ connectionId, secret }: { readonly connectionId: string; readonly secret: Secret }) {
  const [isOpen, setOpen] = useState(false)
  const store = useSetSecret()
  const save = (value: string): void =>
    store.mutate({ connectionId, field: secret.name, value }, { onSuccess: () => setOpen(false) })
  return (
    <>
      <div className={classes.secretHead}>
        <div className={classes.secretWords}>
          <div className={classes.secretName}>
            {secret.label}
            <SecretMark secret={secret} />
          </div>
          <p className={classes.help}>{secret.help}</p>
        </div>
        {!isOpen && (
          <Button
            variant="default"
            onClick={() => setOpen(true)}
            aria-label={`${secret.isSet ? text.secrets.replace : text.secrets.set}: ${secret.label}`}
          >
            {secret.isSet ? text.secrets.replace : text.secrets.set}
          </Button>
        )}
      </div>
      {isOpen && (
        <SecretForm label={secret.label} isBusy={store.isPending} onSave={save} onClose={() => setOpen(false)} />
      )}
      {store.error && <ErrorNotice error={store.error.info} />}
      {store.isSuccess && !isOpen && <Notice tone="ok" title={text.secrets.saved(secret.label)} isLive />}
    </>
  )
}

function SecretMark({ secret }: { readonly secret: Secret }) {
  if (secret.isSet) return <StatusMark tone="ok" word={text.secrets.isSet} />
  if (secret.isOptional) return <StatusMark tone="quiet" word={text.secrets.isOptional} />
  return <StatusMark tone="warn" word={text.secrets.isMissing} />
}

interface SecretFormProps {
  readonly label: string
  readonly isBusy: boolean
  readonly onSave: (value: string) => void
  readonly onClose: () => void
}

function SecretForm({ label, isBusy, onSave, onClose }: SecretFormProps) {
  const [value, setValue] = useState('')
  const [isAsked, setAsked] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setAsked(true)
    if (value !== '') onSave(value)
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <PasswordInput
        label={label}
        value={value}
        maxLength={20_000}
        autoComplete="off"
        autoFocus
        error={isAsked && value === '' ? text.secrets.empty : null}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button type="submit" loading={isBusy}>
        {text.secrets.save}
      </Button>
      <Button variant="default" onClick={onClose}>
        {text.secrets.cancel}
      </Button>
    </form>
  )
}
