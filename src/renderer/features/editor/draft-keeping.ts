/**
 * Drafts in the browser's storage, so that they survive a reload and a crash of the window. Each window keeps its own:
 * two windows that edit one integration neither overwrite nor remove each other's. A draft holds no secret: a
 * definition never does.
 */
import type { Draft } from './draft.ts'

/** What of `Storage` is used; both may throw when they are full or forbidden. */
export interface KeepingPlace {
  readonly length: number
  readonly key: (index: number) => string | null
  readonly getItem: (key: string) => string | null
  readonly setItem: (key: string, value: string) => void
  readonly removeItem: (key: string) => void
}

export interface DraftKeeping {
  /** Keeps a changed draft; forgets one that is saved. */
  readonly keep: (integrationId: string, draft: Draft) => void
  readonly forget: (integrationId: string) => void
  /** The draft this window kept, or else one that a window left which is open no more; that one is then this window's. */
  readonly takeUp: (integrationId: string, openWindows: ReadonlySet<string>) => Draft | undefined
}

/** Steps that are kept over a restart, as many as fit: all fifty of a large mapping would not. */
const keptSteps = [20, 5, 0]

export function createDraftKeeping(place: KeepingPlace, windowId: string): DraftKeeping {
  const prefixOf = (id: string): string => `patchbay-draft/${encodeURIComponent(id)}/`
  const ownKey = (id: string): string => prefixOf(id) + windowId

  function forget(id: string): void {
    try {
      place.removeItem(ownKey(id))
    } catch {
      // Storage is forbidden: nothing was kept.
    }
  }

  function keep(id: string, draft: Draft): void {
    const isKept =
      draft.isChanged && keptSteps.some((steps) => tryTo(() => place.setItem(ownKey(id), draftText(draft, steps))))
    // Where it did not fit, it still lives in this window and saving works as ever; an older state must not come back instead.
    if (!isKept) forget(id)
  }

  function takeUp(id: string, openWindows: ReadonlySet<string>): Draft | undefined {
    try {
      const keys = Array.from({ length: place.length }, (_, index) => place.key(index))
      const prefix = prefixOf(id)
      const isLeft = (key: string | null): boolean =>
        key?.startsWith(prefix) === true && key !== ownKey(id) && !openWindows.has(key.slice(prefix.length))
      const other = keys.find(isLeft)
      const text = place.getItem(ownKey(id)) ?? (other ? place.getItem(other) : null)
      if (text === null) return undefined
      // Written by `keep` above.
      const draft = JSON.parse(text) as Draft
      if (other && place.getItem(ownKey(id)) === null) {
        place.setItem(ownKey(id), text)
        place.removeItem(other)
      }
      return draft
    } catch {
      // Unreadable or forbidden: as if there were none.
      return undefined
    }
  }

  return { keep, forget, takeUp }
}

function draftText(draft: Draft, steps: number): string {
  const past = steps === 0 ? [] : draft.past.slice(-steps)
  return JSON.stringify({ ...draft, past, future: draft.future.slice(0, steps) })
}

function tryTo(action: () => void): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}
