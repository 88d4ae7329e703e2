/**
 * The drafts of this window by integration. A draft survives a reload and a crash of the window: it is kept in the
 * browser's storage until it is saved or dropped. It holds no secret: a definition never does.
 */
import { create } from 'zustand'
import { type Change, change, type Definition, type Draft, redo, saved, startDraft, undo } from './draft.ts'

interface Drafts {
  readonly drafts: Readonly<Record<string, Draft>>
  /** Takes up a kept draft of this integration, or starts one from the saved version. */
  readonly open: (definition: Definition, version: number) => void
  readonly change: (id: string, step: Change) => void
  readonly undo: (id: string) => void
  readonly redo: (id: string) => void
  readonly saved: (id: string, version: number) => void
  /** Starts anew from the saved version. */
  readonly drop: (definition: Definition, version: number) => void
}

export const useDrafts = create<Drafts>()((set) => {
  const update = (id: string, next: (draft: Draft) => Draft): void =>
    set(({ drafts }) => {
      const draft = drafts[id]
      if (!draft) return {}
      const changed = next(draft)
      keepSoon(id, changed)
      return { drafts: { ...drafts, [id]: changed } }
    })
  return {
    drafts: {},
    open: (definition, version) =>
      set(({ drafts }) => {
        const known = drafts[definition.id] ?? kept(definition.id)
        // An unchanged draft follows what is saved; a changed one stays, whatever others have saved meanwhile.
        const draft = known?.isChanged || known?.baseVersion === version ? known : startDraft(definition, version)
        return { drafts: { ...drafts, [definition.id]: draft } }
      }),
    change: (id, step) => update(id, (draft) => change(draft, step)),
    undo: (id) => update(id, undo),
    redo: (id) => update(id, redo),
    saved: (id, version) => update(id, (draft) => saved(draft, version)),
    drop: (definition, version) =>
      set(({ drafts }) => {
        localStorage.removeItem(keyOf(definition.id))
        return { drafts: { ...drafts, [definition.id]: startDraft(definition, version) } }
      }),
  }
})

const keyOf = (id: string): string => `patchbay-draft-${id}`

/** Steps that are kept over a restart; all fifty of a large mapping would not fit the storage. */
const keptSteps = 20
const keepAfterMs = 400
const timers = new Map<string, number>()

function keepSoon(id: string, draft: Draft): void {
  window.clearTimeout(timers.get(id))
  timers.set(
    id,
    window.setTimeout(() => keep(id, draft), keepAfterMs),
  )
}

function keep(id: string, draft: Draft): void {
  if (!draft.isChanged) {
    localStorage.removeItem(keyOf(id))
    return
  }
  const small = { ...draft, past: draft.past.slice(-keptSteps), future: draft.future.slice(0, keptSteps) }
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(small))
  } catch {
    // The storage is full or forbidden: the draft still lives in this window, and saving works as ever.
    localStorage.removeItem(keyOf(id))
  }
}

function kept(id: string): Draft | undefined {
  try {
    const text = localStorage.getItem(keyOf(id))
    // Written by `keep` above.
    return text === null ? undefined : (JSON.parse(text) as Draft)
  } catch {
    // Unreadable or forbidden: as if there were none.
    return undefined
  }
}
