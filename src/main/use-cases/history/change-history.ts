/** Changes how long history is kept. */
import type { Settings } from '#main/store/settings.ts'
import { AppError } from '#shared/errors.ts'
import { type HistorySettings, historyLimits } from '#shared/model/history.ts'

interface Range {
  readonly name: keyof HistorySettings
  readonly what: string
  readonly unit: string
  /** How many of the setting make one of the unit. */
  readonly per: number
}

const ranges: readonly Range[] = [
  { name: 'historyDays', what: 'Records of runs can be kept for', unit: 'days', per: 1 },
  { name: 'undoDays', what: 'A run can be undone for', unit: 'days', per: 1 },
  { name: 'historyMaxBytes', what: 'History may take', unit: 'MB', per: 1_000_000 },
]

/** What is left out stays as it is. Throws AppError `bad-history-setting`; then nothing is changed. */
export function changeHistory(settings: Settings, change: Partial<HistorySettings>): HistorySettings {
  const wanted = { ...settings.history(), ...change }
  for (const range of ranges) refuseOutside(range, wanted[range.name])
  if (wanted.historyDays < wanted.undoDays) throw shorterThanUndo(wanted)
  settings.saveHistory(wanted)
  return wanted
}

function refuseOutside({ name, what, unit, per }: Range, value: number): void {
  const { min, max } = historyLimits[name]
  if (Number.isInteger(value) && value >= min && value <= max) return
  const allowed = `${min / per} to ${max / per} ${unit}`
  throw refused(`${what} ${allowed}, not ${value / per}.`, `Choose a number from ${min / per} to ${max / per}.`)
}

function shorterThanUndo({ historyDays, undoDays }: HistorySettings): AppError {
  return refused(
    `What is needed to undo a run within ${undoDays} days would be removed after ${historyDays} days.`,
    `Keep the history for at least ${undoDays} days, or let runs be undone for fewer.`,
  )
}

function refused(message: string, next: string): AppError {
  return new AppError({ kind: 'config', code: 'bad-history-setting', message, kept: 'Nothing was changed.', next })
}
