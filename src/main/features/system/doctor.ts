/** Looks at everything that can be checked without changing anything, and says of each what it found and what to do. */
import { statfsSync } from 'node:fs'
import { checkHistory } from '#main/use-cases/history/history-facts.ts'
import type { Output } from '#shared/contract/contract.ts'
import { errorInfoOf } from '#shared/errors.ts'
import type { SystemParts } from './system-parts.ts'

type Check = Output<'system.doctor'>['checks'][number]

const littleSpaceBytes = 500 * 1024 * 1024

export async function examine(parts: SystemParts, signal: AbortSignal): Promise<readonly Check[]> {
  const history = { name: 'history', ...checkHistory(parts.store, parts.clock.now()) }
  const checks = [checkDisk(parts.dataFolder), checkDatabase(parts), history, await checkVault(parts), checkHeld(parts)]
  for (const stored of parts.store.definitions.list('connection'))
    checks.push(await checkConnection(stored.id, parts, signal))
  return checks
}

function checkDisk(folder: string): Check {
  const { bavail, bsize } = statfsSync(folder)
  const freeMb = Math.round((bavail * bsize) / 1024 / 1024)
  const isOk = bavail * bsize > littleSpaceBytes
  return {
    name: 'disk',
    isOk,
    message: `${freeMb} MB are free for the data folder ${folder}.`,
    next: isOk ? null : 'Free some space on this disk.',
  }
}

function checkDatabase({ store }: SystemParts): Check {
  try {
    store.checkAll()
    return {
      name: 'database',
      isOk: true,
      message: `The database is whole (version ${store.schemaVersion}).`,
      next: null,
    }
  } catch (thrown) {
    const error = errorInfoOf(thrown)
    return { name: 'database', isOk: false, message: error.message, next: error.next ?? null }
  }
}

async function checkVault({ vault }: SystemParts): Promise<Check> {
  const { state, message, next } = await vault.status()
  return { name: 'vault', isOk: state === 'open' || state === 'empty', message, next }
}

function checkHeld({ store }: SystemParts): Check {
  const count = store.heldCount()
  if (count === 0) return { name: 'held writes', isOk: true, message: 'No write waits for a decision.', next: null }
  return {
    name: 'held writes',
    isOk: false,
    message: `${count} writes wait for a decision.`,
    next: 'Look at the last runs and decide on them.',
  }
}

async function checkConnection(id: string, { connections }: SystemParts, signal: AbortSignal): Promise<Check> {
  const name = `connection ${id}`
  try {
    const { account } = await (await connections.open(id)).test(signal)
    return { name, isOk: true, message: account, next: null }
  } catch (thrown) {
    const error = errorInfoOf(thrown)
    return { name, isOk: false, message: error.message, next: error.next ?? null }
  }
}
