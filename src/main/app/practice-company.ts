/** Runs the practice company: its services as processes of their own, its files in a folder, its connections as definitions. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { launchPracticeCrm } from '#main/practice/crm/launch.ts'
import type { LaunchedService } from '#main/practice/kit/launch-service.ts'
import { writeSampleBusiness } from '#main/practice/sample/write-sample.ts'
import type { Definitions } from '#main/use-cases/definitions.ts'
import type { PracticeCompany } from '#main/use-cases/practice.ts'
import { connectionScope, type SecretStore } from '#main/use-cases/secrets.ts'
import { AppError } from '#shared/errors.ts'
import type { StartHelper } from '#shared/helper-process.ts'
import { sampleDefinitions } from './sample-definitions.ts'

export interface PracticeOptions {
  readonly folder: string
  readonly secrets: SecretStore
  /** Resolved late: definitions need connections, and connections need the practice company. */
  readonly definitions: () => Definitions
  /** Where the build put the entry of the service; undefined: beside the sources. */
  readonly crmEntry: string | undefined
  /** Where the host starts processes for the core. */
  readonly startHelper: StartHelper | undefined
}

const placeSchema = z.object({ crmPort: z.int().min(1).max(65_535) })

const crmConnection = 'practice-crm'
const apiConnection = 'practice-crm-api'

export function createPracticeCompany(options: PracticeOptions): PracticeCompany {
  let crm: Promise<LaunchedService> | undefined
  const placeFile = join(options.folder, 'place.json')
  const filesFolder = join(options.folder, 'files')

  const knownPort = (): number | undefined => {
    if (!existsSync(placeFile)) return undefined
    const parsed = placeSchema.safeParse(JSON.parse(readFileSync(placeFile, 'utf8')))
    return parsed.success ? parsed.data.crmPort : undefined
  }

  const launch = async (seedFile: string): Promise<LaunchedService> => {
    const settings = {
      dataFolder: join(options.folder, 'crm'),
      seedFile,
      ...(options.crmEntry === undefined ? {} : { entry: options.crmEntry }),
      ...(options.startHelper && { startHelper: options.startHelper }),
    }
    const port = knownPort()
    try {
      return await launchPracticeCrm({ ...settings, ...(port === undefined ? {} : { port }) })
    } catch (thrown) {
      // Another program took the port meanwhile: any free one will do, the definitions follow.
      if (port === undefined || (thrown instanceof AppError && thrown.kind === 'config')) throw thrown
      return launchPracticeCrm(settings)
    }
  }

  const running = (): Promise<LaunchedService> => {
    crm ??= startCrm().catch((thrown: unknown) => {
      // The next try begins anew: what was missing (a passphrase, a free port) may be there by then.
      crm = undefined
      throw thrown
    })
    return crm
  }

  const startCrm = async (): Promise<LaunchedService> => {
    mkdirSync(filesFolder, { recursive: true, mode: 0o700 })
    const seedFile = join(filesFolder, 'practice-crm-seed.json')
    if (!existsSync(seedFile)) writeSampleBusiness(filesFolder)
    const service = await launch(seedFile)
    void service.exited.then(() => {
      crm = undefined
    })
    try {
      if (service.port !== knownPort()) await moveTo(service)
    } catch (thrown) {
      await service.stop()
      throw thrown
    }
    return service
  }

  /** The service got another port: connections and the note of the place follow. */
  const moveTo = async (service: LaunchedService): Promise<void> => {
    const text = sampleDefinitions({
      filesFolder,
      crmBaseUrl: service.baseUrl,
      databasePath: join(filesFolder, 'customers.db'),
    })
    // Secrets first: where the vault cannot take them, nothing half-made is left to look at.
    await options.secrets.set(connectionScope(crmConnection), 'token', service.token)
    await options.secrets.set(connectionScope(apiConnection), 'token', service.token)
    await options.definitions().importFile(text, 'sample business')
    writeFileSync(placeFile, JSON.stringify({ crmPort: service.port }))
  }

  return {
    start: async () => {
      const service = await running()
      return { services: [{ id: crmConnection, address: service.baseUrl }], folder: filesFolder }
    },
    startFor: async (definition) => {
      const isOurs =
        (definition.id === crmConnection || definition.id === apiConnection) && definition.environment === 'practice'
      if (isOurs && knownPort() !== undefined) await running()
    },
    stop: async () => {
      const service = await crm?.catch(() => undefined)
      crm = undefined
      await service?.stop()
    },
  }
}
