/** The connectors of the app: one line each. */
import { filesConnector } from '#main/connectors/files/index.ts'
import { practiceBooks } from '#main/connectors/practice-books/index.ts'
import { practiceCrm } from '#main/connectors/practice-crm/index.ts'
import { practiceList } from '#main/connectors/practice-list/index.ts'
import { restConnector } from '#main/connectors/rest/index.ts'
import { sqliteConnector } from '#main/connectors/sqlite/index.ts'
import type { AnyConnector } from '#main/use-cases/connections.ts'

const all = [filesConnector, restConnector, sqliteConnector, practiceCrm, practiceBooks, practiceList] as const

/** By id. The type of a connector's settings is its own business: they are parsed by its schema before `open` sees them. */
export const connectors: ReadonlyMap<string, AnyConnector> = new Map(
  all.map((connector) => [connector.id, connector as unknown as AnyConnector]),
)
