/** A plan: the list of writes a run would do, frozen until somebody approves it. */
import type { ErrorInfo } from '../errors.ts'
import type { OutcomeCounts, RecordReason } from './run.ts'
import type { Values } from './value.ts'

export const planStates = ['making', 'ready', 'approved', 'applied', 'failed', 'discarded'] as const
export type PlanState = (typeof planStates)[number]

export interface Plan {
  readonly id: string
  readonly integrationId: string
  readonly integrationVersion: number
  /** The run it takes back; null: it says what a run would do. */
  readonly undoes: string | null
  readonly state: PlanState
  readonly createdAt: string
  readonly readCount: number
  /** What the run would do: created = "would be created", and so on. */
  readonly counts: OutcomeCounts
  readonly error: ErrorInfo | null
  /** When its items were removed; absent: they are kept. */
  readonly historyPrunedAt?: string
}

export const planActions = ['create', 'update', 'delete', 'link', 'hold', 'fail'] as const
export type PlanAction = (typeof planActions)[number]

export interface PlanItem {
  readonly seq: number
  readonly action: PlanAction
  readonly sourceId: string
  readonly destinationId: string | null
  readonly label: string
  readonly before: Values | null
  readonly after: Values | null
  readonly reason: RecordReason | null
  /** Two-way: from the destination into the source. */
  readonly isBack?: boolean
}
