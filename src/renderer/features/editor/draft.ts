/** The draft of an integration's definition: every change is a step that can be undone, up to a limit. Pure. */
import type { IntegrationDefinition } from '#shared/model/integration.ts'

export type Definition = IntegrationDefinition

export interface Draft {
  readonly definition: Definition
  /** The saved version the draft was made from. */
  readonly baseVersion: number
  /** Whether it differs from the saved version. */
  readonly isChanged: boolean
  readonly past: readonly Step[]
  readonly future: readonly Step[]
}

/** A state to go back (or forward) to, and what the step did, in words. */
export interface Step {
  readonly definition: Definition
  readonly label: string
  /** Changes with the same key that follow each other are one step: typing a word is not ten of them. */
  readonly key: string | null
}

const mostSteps = 50

export function startDraft(definition: Definition, baseVersion: number): Draft {
  return { definition, baseVersion, isChanged: false, past: [], future: [] }
}

export interface Change {
  readonly label: string
  readonly key?: string
  readonly apply: (definition: Definition) => Definition
}

export function change(draft: Draft, { label, key = undefined, apply }: Change): Draft {
  const definition = apply(draft.definition)
  if (definition === draft.definition) return draft
  const last = draft.past.at(-1)
  const isSameStep = key !== undefined && last?.key === key && draft.future.length === 0
  const step = { definition: draft.definition, label, key: key ?? null }
  const past = isSameStep ? draft.past : [...draft.past, step].slice(-mostSteps)
  return { ...draft, definition, past, future: [], isChanged: true }
}

export function undo(draft: Draft): Draft {
  const step = draft.past.at(-1)
  if (!step) return draft
  const future = [{ ...step, definition: draft.definition }, ...draft.future]
  return { ...draft, definition: step.definition, past: draft.past.slice(0, -1), future, isChanged: true }
}

export function redo(draft: Draft): Draft {
  const step = draft.future[0]
  if (!step) return draft
  const past = [...draft.past, { ...step, definition: draft.definition, key: null }]
  return { ...draft, definition: step.definition, past, future: draft.future.slice(1), isChanged: true }
}

/** After a save: the draft is the saved version; its steps can still be undone. */
export function saved(draft: Draft, version: number): Draft {
  return { ...draft, baseVersion: version, isChanged: false }
}
