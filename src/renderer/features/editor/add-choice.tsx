/**
 * Choose, then add: a list that added on every change would add something with each letter or arrow key that only
 * moves through it (WCAG 3.2.2).
 */
import { Button, NativeSelect, type NativeSelectProps } from '@mantine/core'
import { useState } from 'react'
import classes from './editor.module.css'
import { text } from './text.ts'

export interface AddChoiceProps {
  readonly label: string
  readonly data: NonNullable<NativeSelectProps['data']>
  readonly onAdd: (value: string) => void
}

export function AddChoice({ label, data, onAdd }: AddChoiceProps) {
  const [value, setValue] = useState('')
  return (
    <div className={classes.inline}>
      <NativeSelect
        label={label}
        value={value}
        data={[{ value: '', label: '…' }, ...data]}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={value === ''}
        onClick={() => {
          onAdd(value)
          setValue('')
        }}
      >
        {text.addChosen}
      </Button>
    </div>
  )
}
