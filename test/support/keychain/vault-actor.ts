/**
 * A process that uses the vault with the keychain of its session: steps as JSON on stdin, one result per step as JSON
 * on stdout. It ends by itself when it is done: a hang is seen by whoever waits for it.
 */
import { randomBytes } from 'node:crypto'
import type { SecretRows } from '#main/engine/ports/secret-rows.ts'
import { openVault } from '#main/vault/open-vault.ts'
import { openOsKeychain } from '#main/vault/os-keychain.ts'
import type { Vault } from '#main/vault/vault-types.ts'
import { errorInfoOf } from '#shared/errors.ts'
import { cheapScrypt, openRows } from './vault-on-disk.ts'

export type Step =
  | { readonly do: 'status' | 'remember' | 'code' | 'check' | 'removeKeychainKey' | 'crashBeforeSlots' }
  | { readonly do: 'set'; readonly name: string; readonly value: string }
  | { readonly do: 'read'; readonly name: string }
  | { readonly do: 'setUp'; readonly passphrase?: string }
  | { readonly do: 'unlock'; readonly with: Parameters<Vault['unlock']>[0] }

export interface ActorPlan {
  readonly folder: string
  readonly installId: string
  readonly timeoutMs: number
  readonly steps: readonly Step[]
}

export type StepResult = { readonly value: unknown } | { readonly error: { code: string; next?: string } }

const parts: Buffer[] = []
for await (const chunk of process.stdin) parts.push(chunk)
// Written by keyring-session.ts.
const plan = JSON.parse(Buffer.concat(parts).toString()) as ActorPlan
const results: StepResult[] = []
const { rows, close } = openRows(plan.folder)
const keychain = openOsKeychain({ installId: plan.installId, timeoutMs: plan.timeoutMs })
const vaultWith = (using: SecretRows): Vault =>
  openVault({ rows: using, keychain, clock: { now: Date.now }, random: randomBytes, scryptCost: cheapScrypt })
const vault = vaultWith(rows)

for (const step of plan.steps) {
  try {
    results.push({ value: (await act(step)) ?? null })
  } catch (thrown) {
    const { code, next, details } = errorInfoOf(thrown)
    results.push({ error: { code, ...(next === undefined ? {} : { next }), ...details } })
  }
}
close()
process.stdout.write(JSON.stringify(results))

async function act(step: Step): Promise<unknown> {
  if (step.do === 'set') return vault.setSecret({ scope: 'connection:shop', name: step.name }, step.value)
  if (step.do === 'read') return vault.readSecret({ scope: 'connection:shop', name: step.name })
  if (step.do === 'setUp')
    return vault.setUp(step.passphrase === undefined ? undefined : { passphrase: step.passphrase })
  if (step.do === 'unlock') return vault.unlock(step.with)
  if (step.do === 'remember') return vault.rememberOnThisComputer()
  if (step.do === 'code') return vault.createRecoveryCode()
  if (step.do === 'check') return vault.checkKeychain()
  if (step.do === 'removeKeychainKey') return keychain.remove()
  if (step.do === 'crashBeforeSlots') return vaultWith({ ...rows, addFirstSlots: dieNow }).setUp()
  return vault.status()
}

function dieNow(): boolean {
  process.kill(process.pid, 'SIGKILL')
  return false
}
