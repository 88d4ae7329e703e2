/** The app itself: status, vault, backups, practice company, doctor. */
import { join } from 'node:path'
import type { Vault, VaultStatus } from '#main/vault/vault-types.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import type { systemContract } from '#shared/contract/system.ts'
import { examine } from './doctor.ts'
import type { SystemParts } from './system-parts.ts'

export function systemProcedures(parts: SystemParts): HandlersOf<keyof typeof systemContract> {
  const { store, vault, practice, publish } = parts
  const changedVault = async (step: Promise<VaultStatus>): Promise<Output<'vault.unlock'>> => {
    const view = vaultView(await step)
    publish({ name: 'vault.changed', payload: {} })
    return view
  }
  return {
    'system.status': async () => ({
      version: parts.version,
      dataFolder: parts.dataFolder,
      startedAt: parts.startedAt,
      vault: vaultView(await vault.status()),
      runningCount: parts.integrationRuns.activeCount(),
      heldCount: store.heldCount(),
      restoredAt: store.restoredAt(),
    }),
    'system.doctor': async (_input, { signal }) => ({ checks: [...(await examine(parts, signal))] }),
    'vault.unlock': ({ passphrase }) => changedVault(vault.unlock({ passphrase })),
    'vault.set-passphrase': ({ passphrase }) => changedVault(setPassphrase(vault, passphrase)),
    'backups.make': async ({ path }) => {
      const stamp = new Date(parts.clock.now()).toISOString().replace(/[:.]/g, '-')
      return store.backUp(path ?? join(parts.dataFolder, 'backups', `patchbay-${stamp}.db`))
    },
    'practice.start': async () => {
      const { services, folder } = await practice.start()
      publish({ name: 'practice.changed', payload: {} })
      publish({ name: 'definitions.changed', payload: {} })
      return { services: [...services], folder }
    },
    'practice.stop': async () => {
      await practice.stop()
      publish({ name: 'practice.changed', payload: {} })
      return {}
    },
  }
}

/** An empty vault is set up with it; one that is open gets it as a further way in. */
async function setPassphrase(vault: Vault, passphrase: string): Promise<VaultStatus> {
  const { state } = await vault.status()
  if (state === 'empty') return vault.setUp({ passphrase })
  await vault.addPassphrase(passphrase)
  return vault.status()
}

function vaultView(status: VaultStatus): Output<'vault.unlock'> {
  return { state: status.state, keptBy: [...status.waysIn], reason: status.message, next: status.next }
}
