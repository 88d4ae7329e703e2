/** Secrets of connections: written to the vault, read only by the connector that needs them. */
export interface SecretStore {
  readonly set: (scope: string, name: string, value: string) => Promise<void>
  /** Null where there is none. Throws AppError where the vault is not open. */
  readonly read: (scope: string, name: string) => Promise<string | null>
  readonly names: (scope: string) => readonly string[]
  readonly remove: (scope: string, name: string) => void
}

/** The place of a connection's secrets in the vault. */
export function connectionScope(connectionId: string): string {
  return `connection:${connectionId}`
}
