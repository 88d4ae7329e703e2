/** What a connector's test hands to the contract suite: how to open it, what to write, how to make its service fail. */
import type { ConnectedObject, OpenConnection } from '#shared/model/connected.ts'
import type { Values } from '#shared/model/value.ts'

/** One object of the connector under test. */
export interface ObjectContract {
  readonly name: string
  /** A walk must give at least this many records. Default 1. */
  readonly minRecords?: number
  /** A page size that makes the walk several pages long. Absent: the connector's own. */
  readonly pageSize?: number
  /** Values of the n-th test record, distinct in n. Needed wherever create or upsert is declared. */
  readonly draft?: (n: number) => Values
  /** Changed values for a record made from `draft`, distinct in n. Needed wherever update is declared. */
  readonly change?: (n: number) => Values
  /** Declared fields that need not appear in any record of the walk. */
  readonly rareFields?: readonly string[]
  /** Fields the service writes by itself (timestamps, counters): not compared. */
  readonly volatileFields?: readonly string[]
  /** Records may carry fields that are not declared. Default false. */
  readonly allowsUndeclared?: boolean
  /** The service refuses an update that names an old version: the suite then demands it. */
  readonly refusesStaleVersion?: boolean
  /** An id the service never gave out, well-formed for it. Default 'does-not-exist-0'. */
  readonly unknownId?: string
}

/** How the service behaves from now on, until `clear`. */
export type ContractFault =
  /** Answers every request with this status; nothing is processed. */
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Processes the request, then drops the connection without an answer. */
  | { readonly kind: 'lose-answer' }
  /** Answers 200 with an HTML page. */
  | { readonly kind: 'html' }
  /** Processes the request and answers 200 with a JSON text that stops in the middle. */
  | { readonly kind: 'truncated' }

/** The hook into the service under test. Only for connectors whose service speaks HTTP. */
export interface FaultHook {
  readonly set: (fault: ContractFault) => Promise<void>
  readonly clear: () => Promise<void>
}

export interface ContractOptions {
  readonly name: string
  /** Opens a connection to the running test service; called once per check, closed after it. */
  readonly open: () => Promise<OpenConnection>
  readonly objects: readonly ObjectContract[]
  /** Fills the service; awaited once before the first check. */
  readonly seed?: () => Promise<void>
  /** The secrets `open` uses, in clear: they may appear in no error, no log line and no prepared write. */
  readonly secrets?: readonly string[]
  /** Every line the connector logged so far. */
  readonly logged?: () => readonly string[]
  readonly faults?: FaultHook
  /** Walks longer than this count as endless. Default 1000. */
  readonly maxPages?: number
  /** How long class S may take to show a record. Default 2000. */
  readonly indexLagMs?: number
}

/** What every check works with. */
export interface CheckContext {
  readonly options: ContractOptions
  readonly contract: ObjectContract
  readonly connection: OpenConnection
  readonly object: ConnectedObject
  /** A new number on each call: test records never collide. */
  readonly nextNumber: () => number
}

/** One fact about the connector: throws where it does not hold. */
export interface ContractCheck {
  readonly name: string
  readonly run: () => Promise<void>
}

export type ObjectCheck = (context: CheckContext) => Promise<void>
