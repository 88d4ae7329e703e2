/** Lets a person choose a file or folder instead of writing its path, where the host can ask. */
import { Button } from '@mantine/core'
import { pathKinds } from '#shared/desktop-bridge.ts'
import { useFormContext } from './form-context.ts'
import type { Schema } from './schema.ts'
import { text } from './text.ts'

export interface ChoosePathButtonProps {
  /** Says by `chooses` whether its text is the path of a file or a folder. */
  readonly schema: Schema
  readonly label: string
  readonly onChosen: (path: string) => void
}

export function ChoosePathButton({ schema, label, onChosen }: ChoosePathButtonProps) {
  const { choosePath } = useFormContext()
  const kind = pathKinds.find((one) => one === schema.chooses)
  if (!choosePath || !kind) return null
  const choose = async (): Promise<void> => {
    const path = await choosePath(kind)
    if (path !== null) onChosen(path)
  }
  return (
    <Button variant="default" aria-label={`${text.choosePath}: ${label}`} onClick={() => void choose()}>
      {text.choosePath}
    </Button>
  )
}
