/** What stood on the command line of the app: the data folder, and whether to start without a window. */
import { parseArgs } from 'node:util'

export interface StartArguments {
  readonly data?: string
  /** Started with the computer: the work begins, the window waits until it is wanted. */
  readonly isHidden: boolean
}

/** Switches of Chromium and of the system stand there too and are left alone. */
export function readStartArguments(argv: readonly string[]): StartArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: { data: { type: 'string' }, hidden: { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
  })
  return {
    ...(typeof values.data === 'string' && values.data !== '' ? { data: values.data } : {}),
    isHidden: values.hidden === true,
  }
}
