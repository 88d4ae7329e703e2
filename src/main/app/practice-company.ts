/** Runs the practice company: its services as processes of their own, its files in a folder, its connections as definitions. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LaunchedService } from '#main/practice/kit/launch-service.ts'
import { sampleFilesOf, writeSampleBusiness } from '#main/practice/sample/write-sample.ts'
import type { Definitions } from '#main/use-cases/definitions.ts'
import type { PracticeCompany } from '#main/use-cases/practice.ts'
import { connectionScope, type SecretStore } from '#main/use-cases/secrets.ts'
import { AppError } from '#shared/errors.ts'
import type { StartHelper } from '#shared/helper-process.ts'
import type { PracticeEntries } from './built-entries.ts'
import { practicePlace } from './practice-place.ts'
import { type PracticeServiceSpec, practiceServices } from './practice-services.ts'
import { sampleDefinitions, serviceDefinitions } from './sample-definitions.ts'

export interface PracticeOptions {
  readonly folder: string
  readonly secrets: SecretStore
  /** Resolved late: definitions need connections, and connections need the practice company. */
  readonly definitions: () => Definitions
  /** Where the build put the entries of the services; undefined: beside the sources. */
  readonly entries: PracticeEntries | undefined
  /** Where the host starts processes for the core. */
  readonly startHelper: StartHelper | undefined
}

interface Started {
  readonly spec: PracticeServiceSpec
  readonly service: LaunchedService
}

export function createPracticeCompany(options: PracticeOptions): PracticeCompany {
  const place = practicePlace(join(options.folder, 'place.json'))
  const filesFolder = join(options.folder, 'files')
  const running = new Map<PracticeServiceSpec, LaunchedService>()
  /** One after the other: two starts at once would launch a service twice. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }

  const launch = async (spec: PracticeServiceSpec): Promise<Started> => {
    const entry = options.entries?.[spec.name]
    const settings = {
      dataFolder: join(options.folder, spec.name),
      seedFile: sampleFilesOf(filesFolder)[spec.seed],
      ...(entry === undefined ? {} : { entry }),
      ...(options.startHelper && { startHelper: options.startHelper }),
    }
    const port = place.portOf(spec.name)
    try {
      return { spec, service: await spec.launch({ ...settings, ...(port === undefined ? {} : { port }) }) }
    } catch (thrown) {
      // Another program took the port meanwhile: any free one will do, the definitions follow.
      if (port === undefined || (thrown instanceof AppError && thrown.kind === 'config')) throw thrown
      return { spec, service: await spec.launch(settings) }
    }
  }

  /** All of them, or none: what did start is stopped again when another one did not. */
  const launchAll = async (specs: readonly PracticeServiceSpec[]): Promise<readonly Started[]> => {
    const isSeeded = specs.every((spec) => existsSync(sampleFilesOf(filesFolder)[spec.seed]))
    if (!isSeeded) writeSampleBusiness(filesFolder)
    const launched = await Promise.allSettled(specs.map(launch))
    const started = launched.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const failed = launched.find((one) => one.status === 'rejected')
    if (!failed) return started
    await stopAll(started)
    throw failed.reason
  }

  /** Runs what does not run yet; afterwards every service is where its connections say. */
  const run = async (specs: readonly PracticeServiceSpec[]): Promise<void> => {
    const started = await launchAll(specs.filter((spec) => !running.has(spec)))
    const moved = started.filter(({ spec, service }) => service.port !== place.portOf(spec.name))
    try {
      if (moved.length > 0) await follow(moved)
    } catch (thrown) {
      await stopAll(started)
      throw thrown
    }
    for (const { spec, service } of started) {
      running.set(spec, service)
      void service.exited.then(() => running.get(spec) === service && running.delete(spec))
    }
  }

  /** These services got other ports: connections and the note of the place follow. */
  const follow = async (moved: readonly Started[]): Promise<void> => {
    // Secrets first: where the vault cannot take them, nothing half-made is left to look at.
    for (const { spec, service } of moved) {
      for (const id of spec.connections) await options.secrets.set(connectionScope(id), 'token', service.token)
    }
    const addresses = Object.fromEntries(moved.map(({ spec, service }) => [spec.name, service.baseUrl]))
    const databasePath = join(filesFolder, 'customers.db')
    // Once set up, what a person has made of the rest of the sample business stays.
    const text = place.isKnown()
      ? serviceDefinitions(addresses)
      : sampleDefinitions({ filesFolder, databasePath, addresses })
    await options.definitions().importFile(text, 'sample business')
    place.remember(Object.fromEntries(moved.map(({ spec, service }) => [spec.name, service.port])))
  }

  const addressOf = (spec: PracticeServiceSpec) => ({
    id: spec.connections[0],
    address: running.get(spec)?.baseUrl ?? '',
  })

  return {
    start: () =>
      inTurn(async () => {
        await run(practiceServices)
        return { services: practiceServices.map(addressOf), folder: filesFolder }
      }),
    startFor: async ({ id, environment }) => {
      const spec = practiceServices.find((one) => one.connections.includes(id))
      const isOurs = spec !== undefined && environment === 'practice' && place.portOf(spec.name) !== undefined
      if (isOurs && !running.has(spec)) await inTurn(() => run([spec]))
    },
    stop: () =>
      inTurn(async () => {
        const all = [...running].map(([spec, service]) => ({ spec, service }))
        running.clear()
        await stopAll(all)
      }),
  }
}

async function stopAll(started: readonly Started[]): Promise<void> {
  await Promise.all(started.map(({ service }) => service.stop()))
}
