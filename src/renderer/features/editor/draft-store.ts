/** The drafts of this window by integration, kept in the browser's storage until they are saved or dropped. */
import { create } from 'zustand'
import { type Change, change, type Definition, type Draft, redo, saved, startDraft, undo } from './draft.ts'
import { createDraftKeeping, type DraftKeeping } from './draft-keeping.ts'
import { identifyWindow } from './window-identity.ts'

interface Drafts {
  readonly drafts: Readonly<Record<string, Draft>>
  /** Takes up a kept draft of this integration, or starts one from the saved version. */
  readonly open: (definition: Definition, version: number) => Promise<void>
  readonly change: (id: string, step: Change) => void
  readonly undo: (id: string) => void
  readonly redo: (id: string) => void
  readonly saved: (id: string, version: number) => void
  /** Starts anew from the saved version. */
  readonly drop: (definition: Definition, version: number) => void
}

const identity = identifyWindow({
  session: sessionStorage,
  locks: navigator.locks,
  newId: () => crypto.randomUUID(),
  reloadMs: 1_000,
})

/** Known as soon as a draft was opened, and none changes before. */
let keeping: DraftKeeping | undefined

async function takeUp(integrationId: string): Promise<Draft | undefined> {
  const { id, openWindows } = await identity
  keeping ??= createDraftKeeping(localStorage, id)
  return keeping.takeUp(integrationId, await openWindows())
}

export const useDrafts = create<Drafts>()((set, get) => {
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
    open: async (definition, version) => {
      const kept = get().drafts[definition.id] ? undefined : await takeUp(definition.id)
      set(({ drafts }) => {
        const known = drafts[definition.id] ?? kept
        // An unchanged draft follows what is saved; a changed one stays, whatever others have saved meanwhile.
        const draft = known?.isChanged || known?.baseVersion === version ? known : startDraft(definition, version)
        return { drafts: { ...drafts, [definition.id]: draft } }
      })
    },
    change: (id, step) => update(id, (draft) => change(draft, step)),
    undo: (id) => update(id, undo),
    redo: (id) => update(id, redo),
    saved: (id, version) => update(id, (draft) => saved(draft, version)),
    drop: (definition, version) =>
      set(({ drafts }) => {
        window.clearTimeout(waiting.get(definition.id)?.timer)
        waiting.delete(definition.id)
        keeping?.forget(definition.id)
        return { drafts: { ...drafts, [definition.id]: startDraft(definition, version) } }
      }),
  }
})

const keepAfterMs = 400
const waiting = new Map<string, { readonly draft: Draft; readonly timer: number }>()

function keepSoon(id: string, draft: Draft): void {
  window.clearTimeout(waiting.get(id)?.timer)
  waiting.set(id, { draft, timer: window.setTimeout(() => keepNow(id), keepAfterMs) })
}

function keepNow(id: string): void {
  const entry = waiting.get(id)
  if (entry) keeping?.keep(id, entry.draft)
  waiting.delete(id)
}

/** A window that is closed or loaded anew within the wait loses nothing. */
window.addEventListener('pagehide', () => {
  for (const id of [...waiting.keys()]) keepNow(id)
})
