/** Opens a definitions file from the PC: read here, checked and saved by the core. */
import { useState } from 'react'
import { AppError, type ErrorInfo } from '#shared/errors.ts'
import { useAction } from './session-queries.ts'

const largestFileBytes = 2_000_000

export interface FileImport {
  readonly choose: (file: File | null) => Promise<void>
  readonly isPending: boolean
  readonly error: ErrorInfo | undefined
  /** How many definitions the last file brought; undefined before the first one. */
  readonly savedCount: number | undefined
}

export function useFileImport(): FileImport {
  const open = useAction('definitions.import')
  const [refusal, setRefusal] = useState<ErrorInfo | null>(null)
  const choose = async (file: File | null): Promise<void> => {
    if (!file) return
    if (file.size > largestFileBytes) return setRefusal(tooBig.info)
    setRefusal(null)
    open.mutate({ text: await file.text(), fileName: file.name.slice(0, 260) })
  }
  return {
    choose,
    isPending: open.isPending,
    error: refusal ?? open.error?.info,
    savedCount: open.data?.saved.length,
  }
}

const tooBig = new AppError({
  kind: 'data',
  code: 'file-too-large',
  message: 'This file is too large to be a definitions file.',
  kept: 'Nothing was changed.',
  next: 'Choose the file that ends in .yaml or .json.',
})
