/** Chooses a field of the source; each shows what stands in it. A field that is gone stays visible until another is chosen. */
import { NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import { valueText } from '#renderer/ui/value-view.ts'
import type { Values } from '#shared/model/value.ts'
import { useEditor } from './editor-context.ts'
import { type SourceField, sampleValues } from './fields.ts'
import { text } from './text.ts'

export interface SourceSelectProps {
  readonly label: string
  readonly value: string
  readonly fields: readonly SourceField[]
  readonly onChange: (path: string) => void
  readonly isWithoutLabel?: boolean
}

const shownSamples = 2
const mostLetters = 28

export function SourceSelect({ label, value, fields, onChange, isWithoutLabel = false }: SourceSelectProps) {
  const { source } = useEditor()
  const options = useMemo(() => optionsOf(fields, source.values), [fields, source.values])
  const isKnown = value === '' || fields.some(({ path }) => path === value)
  return (
    <NativeSelect
      {...(isWithoutLabel ? { 'aria-label': label } : { label })}
      value={value}
      error={isKnown || fields.length === 0 ? null : text.states.sourceGone}
      data={[
        ...(value === '' ? [{ value: '', label: '…' }] : []),
        ...(isKnown ? [] : [{ value, label: value }]),
        ...options,
      ]}
      onChange={(event) => event.currentTarget.value !== '' && onChange(event.currentTarget.value)}
    />
  )
}

/** Two hundred fields of fifty records are looked through once, not with every letter that is typed. */
function optionsOf(fields: readonly SourceField[], samples: readonly Values[]) {
  return fields.map(({ path, label }) => {
    const values = sampleValues(samples, path, shownSamples).map((one) => cut(valueText(one) ?? ''))
    const words = label === path ? path : `${label} (${path})`
    return { value: path, label: values.length > 0 ? `${words}: ${values.join(', ')}` : words }
  })
}

function cut(words: string): string {
  return words.length > mostLetters ? `${words.slice(0, mostLetters - 1)}…` : words
}
