/** Name, environment and settings of a connection; the settings' form is made from what its connector asks for. */
import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { host } from '#renderer/app/session-client.ts'
import { Card } from '#renderer/ui/card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { SchemaForm } from '#renderer/ui/schema-form/schema-form.tsx'
import type { AppError } from '#shared/errors.ts'
import type { JsonObject } from '#shared/json.ts'
import { type Environment, environments } from '#shared/model/environment.ts'
import classes from './connection-form.module.css'
import type { Connector } from './connection-view.ts'
import { text } from './text.ts'

export interface ConnectionDraft {
  readonly name: string
  readonly environment: Environment
  readonly settings: JsonObject
}

export interface ConnectionFormProps {
  readonly connector: Connector
  readonly start: ConnectionDraft
  readonly saveLabel: string
  readonly isBusy: boolean
  readonly error: AppError | null
  readonly onSave: (draft: ConnectionDraft) => void
  readonly otherButton?: ReactNode
}

export function ConnectionForm(props: ConnectionFormProps) {
  const { connector, start, error } = props
  const [draft, setDraft] = useState(start)
  const [isAsked, setAsked] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setAsked(true)
    if (draft.name.trim() !== '') props.onSave({ ...draft, name: draft.name.trim() })
  }
  const place = error?.info.details?.place
  const problems =
    error && typeof place === 'string' && place.startsWith('settings.')
      ? [{ place: place.slice('settings.'.length), message: error.message }]
      : []
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <Card title={text.form.about}>
        <div className={classes.about}>
          <TextInput
            label={text.form.name}
            description={text.form.nameHelp}
            value={draft.name}
            maxLength={120}
            withAsterisk
            autoComplete="off"
            error={isAsked && draft.name.trim() === '' ? text.form.nameEmpty : null}
            onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          />
          <NativeSelect
            label={text.form.environment}
            value={draft.environment}
            data={environments.map((value) => ({ value, label: text.form.environments[value] }))}
            onChange={(event) => {
              const environment = environments.find((one) => one === event.currentTarget.value)
              if (environment) setDraft({ ...draft, environment })
            }}
          />
        </div>
      </Card>
      <Card title={text.form.settings} hint={connector.summary}>
        <SchemaForm
          schema={connector.settings}
          value={draft.settings}
          problems={problems}
          choosePath={host.choosePath}
          onChange={(settings) => setDraft({ ...draft, settings })}
        />
      </Card>
      {error && <ErrorNotice error={error.info} />}
      <Group>
        <Button type="submit" size="md" loading={props.isBusy}>
          {props.saveLabel}
        </Button>
        {props.otherButton}
        {connector.secrets.length > 0 && <span className={classes.hint}>{text.form.keysNext}</span>}
      </Group>
    </form>
  )
}
