/** What a connection holds: objects with their fields, and what was noticed about them. Asked for on demand. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import classes from './connection-screen.module.css'
import { fieldLines, type ObjectAnswer, objectSentences } from './connection-view.ts'
import { text } from './text.ts'
import { useObjects } from './use-connections.ts'

export function ObjectsCard({ connectionId }: { readonly connectionId: string }) {
  const [isWanted, setWanted] = useState(false)
  const objects = useObjects(connectionId, isWanted)
  if (!isWanted) {
    return (
      <Card title={text.objects.title} hint={text.objects.hint}>
        <Button variant="default" onClick={() => setWanted(true)}>
          {text.objects.load}
        </Button>
      </Card>
    )
  }
  return (
    <Card title={text.objects.title} hint={text.objects.hint} isFlush>
      <Answer of={objects}>
        {(ready) => ready.objects.map((object) => <ObjectBlock key={object.name} object={object} />)}
      </Answer>
    </Card>
  )
}

function ObjectBlock({ object }: { readonly object: ObjectAnswer }) {
  return (
    <div className={classes.object}>
      <h3>{object.label}</h3>
      {objectSentences(object).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <details>
        <summary>{text.objects.fields(object.fields.length)}</summary>
        <FieldTable object={object} />
      </details>
    </div>
  )
}

function FieldTable({ object }: { readonly object: ObjectAnswer }) {
  return (
    <table className={classes.fields} aria-label={object.label}>
      <thead>
        <tr>
          <th scope="col">{text.objects.field}</th>
          <th scope="col">{text.objects.kind}</th>
          <th scope="col">{text.objects.about}</th>
        </tr>
      </thead>
      <tbody>
        {fieldLines(object).map((line) => (
          <tr key={line.name}>
            <th scope="row" dir="auto">
              {line.label}
            </th>
            <td>{line.kind}</td>
            <td dir="auto">{line.about}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
