/** A value without a form of its own, written as JSON; taken over as soon as it can be read. */
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Json } from '#shared/json.ts'
import { type FieldProps, useProblem } from './form-context.ts'
import { settingLabel } from './labels.ts'
import { textAt } from './schema.ts'
import { text } from './text.ts'

export function RawField({ name, schema, value, isRequired, place, onChange }: FieldProps) {
  const problem = useProblem(place)
  const [typed, setTyped] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)))
  const [isBroken, setBroken] = useState(false)
  const change = (next: string): void => {
    setTyped(next)
    const read = readJson(next)
    setBroken(read === broken)
    if (read !== broken) onChange(read)
  }
  return (
    <Textarea
      label={textAt(schema, 'title') ?? settingLabel(name)}
      description={[textAt(schema, 'description'), text.json].filter(Boolean).join(' ')}
      withAsterisk={isRequired}
      autosize
      minRows={2}
      maxRows={12}
      value={typed}
      error={isBroken ? text.notJson : problem}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

const broken: unique symbol = Symbol('broken')

function readJson(typed: string): Json | undefined | typeof broken {
  if (typed.trim() === '') return undefined
  try {
    return JSON.parse(typed) as Json
  } catch {
    // Half-typed JSON: what was read before stays.
    return broken
  }
}
