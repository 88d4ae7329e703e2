/** The settings of history as they stand in fields. */
import type { HistorySettings } from '#shared/model/history.ts'

export interface HistoryDraft {
  readonly historyDays: string
  readonly undoDays: string
  readonly maxGb: string
}

const bytesOfGb = 1e9

export function historyDraft({ historyDays, undoDays, historyMaxBytes }: HistorySettings): HistoryDraft {
  return { historyDays: String(historyDays), undoDays: String(undoDays), maxGb: String(historyMaxBytes / bytesOfGb) }
}

/** What is no number counts as 0, which the core refuses in words. */
export function settingsOf({ historyDays, undoDays, maxGb }: HistoryDraft): HistorySettings {
  return {
    historyDays: wholeOf(historyDays, 1),
    undoDays: wholeOf(undoDays, 1),
    historyMaxBytes: wholeOf(maxGb, bytesOfGb),
  }
}

function wholeOf(written: string, factor: number): number {
  const number = Number(written.trim().replace(',', '.'))
  return Number.isFinite(number) ? Math.max(0, Math.round(number * factor)) : 0
}
