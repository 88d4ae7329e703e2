/** Starts the practice CRM as a process of its own (see launch-service.ts for how it ends). */
import { fileURLToPath } from 'node:url'
import type { StartHelper } from '#shared/helper-process.ts'
import type { FaultSettings } from '../kit/faults.ts'
import { launchHelper } from '../kit/launch-helper.ts'
import { type LaunchedService, launchService } from '../kit/launch-service.ts'

export interface CrmLaunchSettings {
  readonly dataFolder: string
  readonly port?: number
  /** A population file (see seed.ts), used while the folder is empty. */
  readonly seedFile?: string
  /** 0 switches the rate limit off. */
  readonly requestsPerSecond?: number
  readonly faults?: Partial<FaultSettings>
  readonly accountName?: string
  /** Where the build put serve.ts; beside this file, unless told. */
  readonly entry?: string
  readonly execPath?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Where the host starts processes for the core; then `entry`, `execPath` and `env` are the host's business. */
  readonly startHelper?: StartHelper
}

/** Throws AppError: config `practice-folder-in-use`, data `practice-seed-unreadable`, transient `practice-not-started`. */
export function launchPracticeCrm(settings: CrmLaunchSettings): Promise<LaunchedService> {
  const args = ['--data', settings.dataFolder, '--port', String(settings.port ?? 0)]
  if (settings.seedFile !== undefined) args.push('--seed', settings.seedFile)
  if (settings.requestsPerSecond !== undefined) args.push('--rate', String(settings.requestsPerSecond))
  if (settings.faults) args.push('--faults', JSON.stringify(settings.faults))
  if (settings.accountName !== undefined) args.push('--name', settings.accountName)
  if (settings.startHelper) return launchHelper(settings.startHelper('practice-crm', args))
  return launchService({
    entry: settings.entry ?? fileURLToPath(new URL('./serve.ts', import.meta.url)),
    args,
    ...(settings.execPath === undefined ? {} : { execPath: settings.execPath }),
    ...(settings.env ? { env: settings.env } : {}),
  })
}
