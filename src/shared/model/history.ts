/** How long and how much of the history is kept: records of runs, and the items of plans that are over. */

export interface HistorySettings {
  /** How long the records of a run are kept. */
  readonly historyDays: number
  /** How long a run can be undone: so long its records are kept, however many they are. */
  readonly undoDays: number
  /** Above this the oldest records go first, those within `undoDays` never. */
  readonly historyMaxBytes: number
}

export const historyDefaults: HistorySettings = { historyDays: 365, undoDays: 90, historyMaxBytes: 2_000_000_000 }

export const historyLimits = {
  historyDays: { min: 1, max: 3_650 },
  undoDays: { min: 1, max: 365 },
  historyMaxBytes: { min: 10_000_000, max: 1_000_000_000_000 },
} as const satisfies { readonly [S in keyof HistorySettings]: { readonly min: number; readonly max: number } }
