/** Where the scripts are that run as workers or processes of their own: beside the sources, or side by side in the build. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** By service of the practice company. */
export interface PracticeEntries {
  readonly crm: string
  readonly books: string
  readonly list: string
}

export interface Entries {
  readonly practice: PracticeEntries
  readonly calculatorWorker: URL
  readonly keychainChild: string
}

/** `scriptUrl` is the script that runs now. Undefined when sources run as they are: then every part knows its own place. */
export function builtEntries(scriptUrl: string): Entries | undefined {
  const beside = (name: string): URL => new URL(`./${name}.js`, scriptUrl)
  if (!existsSync(beside('practice-crm'))) return undefined
  return {
    practice: {
      crm: fileURLToPath(beside('practice-crm')),
      books: fileURLToPath(beside('practice-books')),
      list: fileURLToPath(beside('practice-list')),
    },
    calculatorWorker: beside('calculator-worker'),
    keychainChild: fileURLToPath(beside('keychain-child')),
  }
}
