/** A fixed value: text, number, yes or no, or nothing. What is typed is taken as the kind that is chosen, never guessed. */
import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Value } from '#shared/model/value.ts'
import classes from './editor.module.css'

type Literal = string | number | boolean | null
type Kind = 'text' | 'number' | 'yes' | 'no' | 'nothing'

const kindWords: Readonly<Record<Kind, string>> = {
  text: 'Text',
  number: 'Number',
  yes: 'Yes',
  no: 'No',
  nothing: 'Nothing',
}
const kinds: readonly Kind[] = ['text', 'number', 'yes', 'no', 'nothing']

export interface LiteralFieldProps {
  readonly label: string
  readonly value: Value
  readonly onChange: (value: Literal) => void
}

export function LiteralField({ label, value, onChange }: LiteralFieldProps) {
  const kind = kindOf(value)
  const [typed, setTyped] = useState<string>()
  const takeNumber = (written: string): void => {
    const isNumber = /^-?\d+(\.\d+)?$/.test(written.trim())
    setTyped(isNumber ? undefined : written)
    if (isNumber) onChange(Number(written))
  }
  return (
    <div className={classes.literal}>
      <NativeSelect
        label={label}
        value={kind}
        data={kinds.map((one) => ({ value: one, label: kindWords[one] }))}
        onChange={(event) => onChange(startOf(kinds.find((one) => one === event.currentTarget.value) ?? 'text', value))}
      />
      {kind === 'text' && (
        <TextInput
          aria-label={`${label}: ${kindWords.text}`}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {kind === 'number' && (
        <TextInput
          aria-label={`${label}: ${kindWords.number}`}
          inputMode="decimal"
          value={typed ?? String(value)}
          error={typed === undefined ? null : 'Enter a number, for example 12 or 0.5.'}
          onChange={(event) => takeNumber(event.currentTarget.value)}
        />
      )}
    </div>
  )
}

function kindOf(value: Value): Kind {
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === null ? 'nothing' : 'text'
}

function startOf(kind: Kind, before: Value): Literal {
  if (kind === 'text') return typeof before === 'string' || typeof before === 'number' ? String(before) : ''
  if (kind === 'number') return typeof before === 'string' && /^-?\d+(\.\d+)?$/.test(before) ? Number(before) : 0
  return kind === 'nothing' ? null : kind === 'yes'
}
