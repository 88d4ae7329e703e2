/** Where history stands: the records of a run, the items of a plan. The columns about it have the same names in both. */
export type HistoryKind = 'run' | 'plan'

export interface HistoryTable {
  readonly key: string
  readonly rows: string
  /** All texts of a row, joined. */
  readonly texts: string
  /** What fits of a row into a page of the b-tree; the rest goes to pages of its own. */
  readonly localBytes: number
  /** Of each row in all of its b-trees, beside its texts. */
  readonly overheadBytes: number
  /** When the last of it happened, as far as the row `o` knows. */
  readonly until: string
}

export const historyTables: { readonly [K in HistoryKind]: HistoryTable } = {
  run: {
    key: 'number',
    rows: 'run_record',
    texts: 'concat(outcome, source_id, destination_id, label, before, after, reason, at)',
    localBytes: 1_002,
    overheadBytes: 45,
    until: `max(coalesce(o.ended_at, o.started_at),
      coalesce((select at from run_record where run = o.number order by seq desc limit 1), ''),
      coalesce((select history_until from run where number < o.number and history_until > '' order by number desc limit 1), ''))`,
  },
  plan: {
    key: 'id',
    rows: 'plan_item',
    texts: 'concat(plan, action, source_id, destination_id, label, frozen)',
    localBytes: 4_061,
    // The id of the plan stands in two indexes as well.
    overheadBytes: 130,
    until: `max(o.created_at, coalesce((select max(coalesce(ended_at, started_at)) from run where run.plan = o.id), ''))`,
  },
}
