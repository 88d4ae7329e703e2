/** A search field at the edge of a card. */
import { TextInput } from '@mantine/core'

export interface SearchFieldProps {
  readonly label: string
  /** What can be searched for. */
  readonly hint: string
  readonly value: string
  readonly onChange: (value: string) => void
}

export function SearchField({ label, hint, value, onChange }: SearchFieldProps) {
  return (
    <TextInput
      type="search"
      w={230}
      maw="100%"
      aria-label={label}
      placeholder={hint}
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
