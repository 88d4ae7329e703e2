/** Starts the helper processes that the core asks for (app/start-helpers.ts is the other side) and ends them with it. */
import { join } from 'node:path'
import { type UtilityProcess, utilityProcess } from 'electron'
import type { HelperReport } from '#main/app/start-helpers.ts'
import { type RawMessage, readRawMessage } from '#shared/contract/link.ts'
import { type HelperName, helperNames } from '#shared/helper-process.ts'
import type { JsonObject } from '#shared/json.ts'

const entries: Readonly<Record<HelperName, string>> = {
  keychain: 'keychain-child.js',
  'practice-crm': 'practice-crm.js',
  'practice-books': 'practice-books.js',
  'practice-list': 'practice-list.js',
}

export interface HelperSurroundings {
  readonly scripts: string
  readonly log: (message: string, details?: JsonObject) => void
}

/** Only the helpers of the list are started, whatever the core asks for. */
export function serveHelpers(core: UtilityProcess, { scripts, log }: HelperSurroundings): void {
  const helpers = new Map<number, UtilityProcess>()
  let hasEnded = false
  const report = (message: HelperReport): void => {
    if (!hasEnded) core.postMessage(message)
  }

  function start({ id, parts }: RawMessage): void {
    const name = helperNames.find((known) => known === parts.name)
    if (!name || helpers.has(id)) {
      report({ kind: 'helper-ended', id })
      return
    }
    const helper = utilityProcess.fork(join(scripts, entries[name]), textsOf(parts.args), {
      serviceName: `Patchbay ${name}`,
    })
    helpers.set(id, helper)
    helper.on('message', (message: unknown) => report({ kind: 'helper-message', id, message }))
    helper.on('error', (type, location) => log('a helper of the core ended with an error', { name, type, location }))
    helper.once('exit', () => {
      helpers.delete(id)
      report({ kind: 'helper-ended', id })
    })
  }

  core.on('message', (received: unknown) => {
    const message = readRawMessage(received)
    if (message?.kind === 'helper-start') start(message)
    if (message?.kind === 'helper-post') helpers.get(message.id)?.postMessage(message.parts.message)
    if (message?.kind === 'helper-kill') helpers.get(message.id)?.kill()
  })
  core.once('exit', () => {
    hasEnded = true
    for (const helper of helpers.values()) helper.kill()
  })
}

function textsOf(args: unknown): string[] {
  return Array.isArray(args) ? args.filter((arg) => typeof arg === 'string') : []
}
