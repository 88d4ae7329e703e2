/** The practice company as features see it; the app starts its processes. */
import type { ConnectionDefinition } from '#shared/model/connection.ts'

export interface PracticeService {
  readonly id: string
  readonly address: string
}

export interface PracticeCompany {
  /** Starts the services, writes the sample files and saves their connections and integrations. */
  readonly start: () => Promise<{ readonly services: readonly PracticeService[]; readonly folder: string }>
  /** Starts the practice service that this connection speaks to, if it is one of this data folder and not running. */
  readonly startFor: (definition: ConnectionDefinition) => Promise<void>
  readonly stop: () => Promise<void>
}
