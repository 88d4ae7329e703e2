/** What the procedures of the app itself work with. */
import type { Clock } from '#main/engine/ports/surroundings.ts'
import type { Store } from '#main/store/open-store.ts'
import type { Connections } from '#main/use-cases/connections.ts'
import type { IntegrationRuns } from '#main/use-cases/integration-runs.ts'
import type { PracticeCompany } from '#main/use-cases/practice.ts'
import type { Vault } from '#main/vault/vault-types.ts'
import type { AppEvent } from '#shared/contract/events.ts'

export interface SystemParts {
  readonly version: string
  readonly dataFolder: string
  readonly startedAt: string
  readonly store: Store
  readonly vault: Vault
  readonly integrationRuns: IntegrationRuns
  readonly practice: PracticeCompany
  readonly connections: Connections
  readonly publish: (event: AppEvent) => void
  readonly clock: Clock
}
