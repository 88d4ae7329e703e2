/** Starts a practice service as a process of its own, by the core or by the host (see launch-service.ts for how it ends). */
import type { HelperName, StartHelper } from '#shared/helper-process.ts'
import type { FaultSettings } from './faults.ts'
import { launchHelper } from './launch-helper.ts'
import { type LaunchedService, launchService } from './launch-service.ts'

export interface PracticeLaunchSettings {
  readonly dataFolder: string
  readonly port?: number
  /** A population file (shape: seed.ts of the service), used while the folder is empty. */
  readonly seedFile?: string
  /** 0 switches the rate limit off. */
  readonly requestsPerSecond?: number
  readonly faults?: Partial<FaultSettings>
  readonly accountName?: string
  /** Where the build put serve.ts; beside the sources, unless told. */
  readonly entry?: string
  readonly execPath?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Where the host starts processes for the core; then `entry`, `execPath` and `env` are the host's business. */
  readonly startHelper?: StartHelper
}

export interface LaunchedEntry {
  /** Under which the host knows the service. */
  readonly helper: HelperName
  /** Its serve.ts among the sources. */
  readonly source: string
}

/** Throws AppError: config `practice-folder-in-use`, data `practice-seed-unreadable`, transient `practice-not-started`. */
export function launchPractice(
  { helper, source }: LaunchedEntry,
  settings: PracticeLaunchSettings,
): Promise<LaunchedService> {
  const args = ['--data', settings.dataFolder, '--port', String(settings.port ?? 0)]
  if (settings.seedFile !== undefined) args.push('--seed', settings.seedFile)
  if (settings.requestsPerSecond !== undefined) args.push('--rate', String(settings.requestsPerSecond))
  if (settings.faults) args.push('--faults', JSON.stringify(settings.faults))
  if (settings.accountName !== undefined) args.push('--name', settings.accountName)
  if (settings.startHelper) return launchHelper(settings.startHelper(helper, args))
  return launchService({
    entry: settings.entry ?? source,
    args,
    ...(settings.execPath === undefined ? {} : { execPath: settings.execPath }),
    ...(settings.env ? { env: settings.env } : {}),
  })
}
