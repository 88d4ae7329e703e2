/** Settings of this installation, kept among its facts. */
import { type HistorySettings, historyDefaults } from '#shared/model/history.ts'
import type { Meta } from './meta.ts'

export interface Settings {
  readonly history: () => HistorySettings
  /** Days after its end within which a run can be undone; so long its records are kept. */
  readonly undoDays: () => number
  readonly saveHistory: (settings: HistorySettings) => void
}

const keys = {
  historyDays: 'history-days',
  undoDays: 'undo-days',
  historyMaxBytes: 'history-max-bytes',
} as const satisfies { readonly [S in keyof HistorySettings]: string }

export function createSettings(meta: Meta): Settings {
  const read = (name: keyof HistorySettings): number => Number(meta.get(keys[name]) ?? historyDefaults[name])
  return {
    history: () => ({
      historyDays: read('historyDays'),
      undoDays: read('undoDays'),
      historyMaxBytes: read('historyMaxBytes'),
    }),
    undoDays: () => read('undoDays'),
    saveHistory: ({ historyDays, undoDays, historyMaxBytes }) => {
      meta.set(keys.historyDays, String(historyDays))
      meta.set(keys.undoDays, String(undoDays))
      meta.set(keys.historyMaxBytes, String(historyMaxBytes))
    },
  }
}
