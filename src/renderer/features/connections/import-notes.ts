/** What an OpenAPI document left open, shown until the connection made of it is saved by a person. */
import { create } from 'zustand'

interface ImportNotes {
  /** By connection. */
  readonly notes: Readonly<Record<string, readonly string[]>>
  readonly keep: (connectionId: string, notes: readonly string[]) => void
}

export const useImportNotes = create<ImportNotes>()((set) => ({
  notes: {},
  keep: (connectionId, kept) => set(({ notes }) => ({ notes: { ...notes, [connectionId]: kept } })),
}))
