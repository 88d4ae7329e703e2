/** Where the scripts are that run as workers or processes of their own: beside the sources, or side by side in the build. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Entries {
  readonly practiceCrm: string
  readonly calculatorWorker: URL
  readonly keychainChild: string
}

/** `scriptUrl` is the script that runs now. Undefined when sources run as they are: then every part knows its own place. */
export function builtEntries(scriptUrl: string): Entries | undefined {
  const beside = (name: string): URL => new URL(`./${name}.js`, scriptUrl)
  if (!existsSync(beside('practice-crm'))) return undefined
  return {
    practiceCrm: fileURLToPath(beside('practice-crm')),
    calculatorWorker: beside('calculator-worker'),
    keychainChild: fileURLToPath(beside('keychain-child')),
  }
}
