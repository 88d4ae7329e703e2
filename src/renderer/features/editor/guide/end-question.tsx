/** One end of an integration: a connection, then what of it. */
import { Group, NativeSelect } from '@mantine/core'
import { Waiting } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import classes from '../editor.module.css'
import { type ConnectionView, type ObjectView, useObjects } from '../use-editor.ts'
import { type End, writableObjects } from './guide-answers.ts'
import { text } from './text.ts'

export interface EndQuestionProps {
  readonly title: string
  readonly end: End | undefined
  readonly connections: readonly ConnectionView[]
  /** Only what can be written to. */
  readonly isDestination: boolean
  readonly onChange: (end: End) => void
}

export function EndQuestion({ title, end, connections, isDestination, onChange }: EndQuestionProps) {
  const chosen = connections.find(({ id }) => id === end?.connection)
  return (
    <Card title={title} aside={chosen && <EnvironmentBadge environment={chosen.environment} />}>
      <div className={classes.part}>
        <NativeSelect
          label={text.connection}
          value={end?.connection ?? ''}
          data={[
            ...(end ? [] : [{ value: '', label: text.choose }]),
            ...connections.map(({ id, name, connectorName }) => ({ value: id, label: `${name} (${connectorName})` })),
          ]}
          onChange={(event) => onChange({ connection: event.currentTarget.value, object: '' })}
        />
        {end && <ObjectQuestion end={end} isDestination={isDestination} onChange={onChange} />}
      </div>
    </Card>
  )
}

type ObjectQuestionProps = Pick<EndQuestionProps, 'isDestination' | 'onChange'> & { readonly end: End }

function ObjectQuestion({ end, isDestination, onChange }: ObjectQuestionProps) {
  const objects = useObjects(end.connection)
  if (!objects.data) {
    return objects.error ? (
      <ErrorNotice error={objects.error.info} onRetry={() => void objects.refetch()} />
    ) : (
      <Waiting lines={1} />
    )
  }
  const all = objects.data.objects
  const offered = isDestination ? writableObjects(all) : all
  if (offered.length === 0)
    return <Notice tone="warn" title={all.length === 0 ? text.noObjects : text.notWritable} isLive />
  const now = offered.find(({ name }) => name === end.object)
  return (
    <>
      <NativeSelect
        label={text.object}
        value={end.object}
        data={[...(now ? [] : [{ value: '', label: text.choose }]), ...offered.map(option)]}
        onChange={(event) => onChange({ ...end, object: event.currentTarget.value })}
      />
      {now && now.notes.length > 0 && (
        <Group gap="xs">
          {now.notes.map((note) => (
            <p key={note} className={classes.quiet}>
              {note}
            </p>
          ))}
        </Group>
      )}
    </>
  )
}

function option({ name, label }: ObjectView) {
  return { value: name, label }
}
