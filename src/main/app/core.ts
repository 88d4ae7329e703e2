/** The composition root: store, vault, connections and features become one set of handlers. Knows no host and no window. */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createHttpClient } from '#main/connector-kit/http-client.ts'
import type { Job } from '#main/engine/job.ts'
import type { Clock } from '#main/engine/ports/surroundings.ts'
import { attentionProcedures } from '#main/features/attention/procedures.ts'
import { connectionsProcedures } from '#main/features/connections/procedures.ts'
import { historyProcedures } from '#main/features/history/procedures.ts'
import { integrationsProcedures } from '#main/features/integrations/procedures.ts'
import { mappingProcedures } from '#main/features/mapping/procedures.ts'
import { runsProcedures } from '#main/features/runs/procedures.ts'
import { schedulesProcedures } from '#main/features/schedules/procedures.ts'
import { systemProcedures } from '#main/features/system/procedures.ts'
import type { PowerState } from '#main/rpc/core-port.ts'
import { systemZone } from '#main/rpc/system-zone.ts'
import { openStore, type Store } from '#main/store/open-store.ts'
import { createAnswers } from '#main/use-cases/answers.ts'
import { type Connections, createConnections } from '#main/use-cases/connections.ts'
import { createCountMatches } from '#main/use-cases/count-matches.ts'
import { type CheckExpression, createDefinitions } from '#main/use-cases/definitions.ts'
import { createHistoryKeeper } from '#main/use-cases/history/history-keeper.ts'
import { createIntegrationRuns } from '#main/use-cases/integration-runs.ts'
import type { PracticeCompany } from '#main/use-cases/practice.ts'
import { connectionScope, type SecretStore } from '#main/use-cases/secrets.ts'
import { createWaits, type Waits } from '#main/use-cases/waits.ts'
import type { KeyBackend } from '#main/vault/key-backend.ts'
import { childChannel } from '#main/vault/keychain-channel.ts'
import { helperChannel } from '#main/vault/keychain-helper.ts'
import { openVault } from '#main/vault/open-vault.ts'
import { openOsKeychain } from '#main/vault/os-keychain.ts'
import { createRedactor, type Redactor } from '#main/vault/redactor.ts'
import type { Vault } from '#main/vault/vault-types.ts'
import type { ProcedureName } from '#shared/contract/contract.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import { AppError, errorInfoOf } from '#shared/errors.ts'
import type { StartHelper } from '#shared/helper-process.ts'
import type { JsonObject } from '#shared/json.ts'
import { ageFileIn } from './age-file.ts'
import type { Entries } from './built-entries.ts'
import { createCalculator } from './calculator/create-calculator.ts'
import { connectors } from './connectors.ts'
import { createCoreScheduler, heardByScheduler, powerListener } from './core-scheduler.ts'
import { createPracticeCompany } from './practice-company.ts'
import { unlockFromFile } from './unlock-from-file.ts'
import { version } from './version.ts'

export interface CoreOptions {
  readonly dataFolder: string
  readonly clock: Clock
  readonly publish: (event: AppEvent) => void
  readonly log: (message: string, details?: JsonObject) => void
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where the build put the scripts that run as processes or workers of their own; absent: beside the sources. */
  readonly entries?: Entries
  /** Where the host starts processes for the core: under Electron. */
  readonly startHelper?: StartHelper
  /** Another keychain than the system's: only tests name one. */
  readonly keychain?: KeyBackend
  /** Whether due times start runs here: a host says yes (default), a single command says no. */
  readonly isScheduling?: boolean
  /** Another zone than the computer's: only tests name one. */
  readonly zone?: () => string
  /** Looks at, or breaks, what a run works with: only tests name one. */
  readonly aroundJob?: (job: Job) => Job
}

export interface Core {
  readonly handlers: HandlersOf<ProcedureName>
  readonly redactor: Redactor
  /** What the host hears of the computer's sleep. */
  readonly onPower: (state: PowerState) => void
  /** Stops runs at their next page, closes connections and the store. */
  readonly stop: () => Promise<void>
}

/** How long running work may take to reach its next page when the app closes. */
const stopPatienceMs = 10_000
const calculationTimeoutMs = 2_000

/** Throws AppError when the data folder cannot be used (damaged, newer, locked). */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { clock, dataFolder, zone = systemZone } = options
  const publish = heardByScheduler(options.publish, () => ({ scheduler, integrationRuns }))
  const now = (): string => new Date(clock.now()).toISOString()
  const ids = { next: () => randomUUID() }
  const redactor = createRedactor()
  const log = (message: string, details?: JsonObject): void =>
    options.log(redactor.text(message), redactedDetails(redactor, details))
  const store = openStore({ folder: dataFolder, nowMs: clock.now, ageBeside: ageFileIn(dataFolder) })
  store.runs.interruptAll()
  store.plans.failUnfinished()
  const vault = openVault({
    rows: store.secrets,
    keychain: options.keychain ?? systemKeychain(store, options),
    clock,
    random: randomBytes,
    redactor,
    log,
  })
  await unlockFromFile(vault, options.env, log)
  const secrets = secretStoreOf(vault)
  const calculator = createCalculator({
    timeoutMs: calculationTimeoutMs,
    workers: 1,
    ...(options.entries && { workerUrl: options.entries.calculatorWorker }),
  })
  const practice: PracticeCompany = createPracticeCompany({
    folder: join(dataFolder, 'practice'),
    secrets,
    definitions: () => definitions,
    entries: options.entries?.practice,
    startHelper: options.startHelper,
  })
  // Whoever looks at a run asks again, and is told what it waits for.
  const waits = createWaits(clock, () => {
    for (const { id: runId, integrationId } of integrationRuns.active())
      publish({ name: 'run.changed', payload: { runId, integrationId } })
  })
  const connections = makeConnections({ options, store, secrets, practice, log, waits })
  const surroundings = { store, connections, calculator, clock, ids }
  const integrationRuns = createIntegrationRuns({
    ...surroundings,
    ...(options.aroundJob && { aroundJob: options.aroundJob }),
    publish,
    log: (message, error) => log(message, { code: error.code, message: error.message }),
  })
  const definitions = createDefinitions({
    repository: store.definitions,
    connections,
    connectors,
    checkExpression,
    now,
  })
  const scheduler = createCoreScheduler({
    store,
    clock,
    ids,
    zone,
    integrationRuns,
    publish,
    log: (message, error) => log(message, { code: error.code, message: error.message }),
  })
  const keeper = createHistoryKeeper({
    store,
    clock,
    isBusy: () => integrationRuns.activeCount() > 0,
    log: (message, error) => log(message, { code: error.code, message: error.message }),
  })
  const startedAt = now()
  checkInBackground(store, log)
  const handlers = {
    ...systemProcedures({
      version,
      dataFolder,
      startedAt,
      store,
      vault,
      integrationRuns,
      practice,
      connections,
      publish,
      clock,
    }),
    ...connectionsProcedures({
      repository: store.definitions,
      definitions,
      connectors,
      connections,
      secrets,
      publish,
      now,
      isBusy: integrationRuns.isBusy,
      propose: async (connectionId, openApi) =>
        (await import('./propose-connection.ts')).proposeConnection(connectionId, openApi),
    }),
    ...integrationsProcedures({
      store,
      definitions,
      countMatches: createCountMatches(surroundings),
      publish,
      now,
      isBusy: integrationRuns.isBusy,
    }),
    ...mappingProcedures({
      answersFor: (sourceConnection, destinationConnection) =>
        createAnswers({ links: store.links, connections, calculator, sourceConnection, destinationConnection }),
      checkExpression,
    }),
    ...runsProcedures({
      runs: store.runs,
      plans: store.plans,
      definitions: store.definitions,
      records: store.records,
      settings: store.settings,
      integrationRuns,
      clock,
      waits,
    }),
    ...schedulesProcedures({ store, scheduler, clock, zone, publish }),
    ...attentionProcedures({ store, definitions, integrationRuns, clock, publish }),
    ...historyProcedures({ store, keeper, clock }),
  }
  if (options.isScheduling === false) scheduler.refresh()
  else {
    scheduler.start()
    keeper.start()
  }
  const stop = async (): Promise<void> => {
    await scheduler.stop()
    await keeper.stop()
    await integrationRuns.stopAll(stopPatienceMs)
    await connections.closeAll()
    await practice.stop()
    await calculator.close()
    vault.lock()
    store.close()
  }
  return { handlers, redactor, onPower: powerListener(scheduler), stop }
}

const checkExpression: CheckExpression = async (text) =>
  (await import('./calculator/check-expression.ts')).checkExpression(text)

interface ConnectionParts {
  readonly options: CoreOptions
  readonly store: Store
  readonly secrets: SecretStore
  readonly practice: PracticeCompany
  readonly log: CoreOptions['log']
  readonly waits: Waits
}

function makeConnections({ options, store, secrets, practice, log, waits }: ConnectionParts): Connections {
  return createConnections({
    definitions: store.definitions,
    connectors,
    secrets: {
      read: async (connectionId, fields) => {
        const values: Record<string, string> = {}
        for (const field of fields) {
          const value = await secrets.read(connectionScope(connectionId), field)
          if (value !== null) values[field] = value
        }
        return values
      },
    },
    prepare: (definition) => practice.startFor(definition),
    context: (connectionId) => ({
      clock: options.clock,
      stateFolder: join(options.dataFolder, 'connections', connectionId),
      log: (message, details) => log(message, { connection: connectionId, ...details }),
      http: (settings) =>
        createHttpClient({
          clock: options.clock,
          random: Math.random,
          settings,
          onWait: (wait) => waits.note(connectionId, wait),
        }),
    }),
  })
}

function systemKeychain(store: Store, { entries, startHelper }: CoreOptions): KeyBackend {
  const channel = startHelper ? helperChannel(startHelper) : childChannel(entries && { entry: entries.keychainChild })
  return openOsKeychain({ installId: installIdOf(store), channel })
}

function installIdOf(store: Store): string {
  const known = store.meta.get('install-id')
  if (known !== undefined) return known
  const id = randomUUID()
  store.meta.set('install-id', id)
  return id
}

function secretStoreOf(vault: Vault): SecretStore {
  return {
    set: (scope, name, value) => vault.setSecret({ scope, name }, value),
    read: (scope, name) => vault.readSecret({ scope, name }),
    names: (scope) => vault.listNames(scope),
    remove: (scope, name) => void vault.removeSecret({ scope, name }),
  }
}

function redactedDetails(redactor: Redactor, details: JsonObject | undefined): JsonObject | undefined {
  // The redactor keeps the shape: an object stays an object.
  return details === undefined ? undefined : (redactor.json(details) as JsonObject)
}

/** After an unclean stop the journal was checked before the first write; the rest follows table by table, between other work. */
function checkInBackground(store: Store, log: CoreOptions['log']): void {
  if (!store.wasUnclean) return
  const step = (): void => {
    try {
      if (store.checkNext()) setTimeout(step, 50).unref()
      else log('the database was checked after an unclean stop and is whole')
    } catch (thrown) {
      const error = thrown instanceof AppError ? thrown.info : errorInfoOf(thrown)
      log('the check of the database found damage', { code: error.code, message: error.message })
    }
  }
  setTimeout(step, 1_000).unref()
}
