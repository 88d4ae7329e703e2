/** Which runs the list shows. Kept while the window is open: whoever comes back from a run finds the list as it was. */
import { create } from 'zustand'
import type { RunSelection } from '#shared/model/run.ts'

export interface RunFilter {
  readonly integrationId: string | null
  readonly selection: RunSelection | null
}

interface RunFilterStore extends RunFilter {
  readonly set: (filter: Partial<RunFilter>) => void
}

export const everyRun: RunFilter = { integrationId: null, selection: null }

export const useRunFilter = create<RunFilterStore>()((set) => ({ ...everyRun, set: (filter) => set(filter) }))
