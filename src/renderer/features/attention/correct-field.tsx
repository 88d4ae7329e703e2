/** The value that keeps a record waiting, to be written differently for this integration. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { fieldLabel, valueText } from '#renderer/ui/value-view.ts'
import classes from './attention.module.css'
import { text } from './text.ts'
import type { AttentionActions, Waiting } from './use-attention.ts'

export interface CorrectFieldProps {
  readonly record: Waiting
  readonly actions: AttentionActions
}

export function CorrectField({ record, actions }: CorrectFieldProps) {
  const { field } = record.reason
  const now = field === undefined ? undefined : record.values[field]
  const [value, setValue] = useState(valueText(now) ?? '')
  // Only plain values of the source can be written in one line.
  if (field === undefined || !(field in record.values) || (typeof now === 'object' && now !== null)) return null
  return (
    <div className={classes.correct}>
      <TextInput
        label={text.correct.label(fieldLabel(field))}
        description={text.correct.help}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button
        size="sm"
        variant="default"
        disabled={actions.isBusy || value === (valueText(now) ?? '')}
        onClick={() => actions.correct(record, field, value)}
      >
        {text.correct.take}
      </Button>
    </div>
  )
}
