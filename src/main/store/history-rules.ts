/** What may be removed at all, whatever its age: conditions on a row `o` of run or plan. Tests take one away. */
export interface HistoryRules {
  /** Nothing is added to it any more: only then it is measured, and only what is measured can be removed. */
  readonly isOver: string
  /** What a person would look for first. */
  readonly isSpared: string
}

const ended = `('finished', 'cancelled', 'failed')`

export const historyRules: { readonly run: HistoryRules; readonly plan: HistoryRules } = {
  run: {
    // A write whose end is not known will add its record to the run that sent it.
    isOver: `o.state in ${ended} and o.number not in (select run from intent)`,
    isSpared: `not exists (select 1 from run later where later.integration = o.integration
      and (later.started_at, later.number) > (o.started_at, o.number))`,
  },
  plan: {
    // An approved one is worked on until its run has ended.
    isOver: `(o.state in ('applied', 'discarded', 'failed') or o.state = 'approved'
      and exists (select 1 from run where run.plan = o.id)
      and not exists (select 1 from run where run.plan = o.id and run.state not in ${ended}))`,
    isSpared: 'false',
  },
}
