/** What every part of the editor shares. */
import { createContext, useContext } from 'react'
import type { FieldView } from '#shared/contract/connections.ts'
import type { AppError } from '#shared/errors.ts'
import type { Values } from '#shared/model/value.ts'
import type { Definition } from './draft.ts'
import type { SourceField } from './fields.ts'
import type { LineView } from './line-view.ts'
import type { Preview } from './preview.ts'
import type { CheckResult } from './sample-check.ts'
import type { DraftActions, ObjectView, Sample } from './use-editor.ts'

interface Asked<Data> {
  readonly data: Data | undefined
  readonly error: AppError | null
  readonly isPending: boolean
  readonly refetch: () => unknown
}

export interface EditorState {
  readonly definition: Definition
  readonly actions: DraftActions
  /** Names of connections by id. */
  readonly names: ReadonlyMap<string, string>
  readonly source: {
    readonly fields: readonly FieldView[]
    readonly paths: readonly SourceField[]
    readonly asked: Asked<unknown>
    readonly samples: Asked<{ readonly samples: readonly Sample[] }>
    readonly values: readonly Values[]
    readonly isGone: boolean
  }
  readonly destination: {
    readonly object: ObjectView | undefined
    readonly asked: Asked<unknown>
    readonly isGone: boolean
  }
  readonly sample: { readonly position: number; readonly setPosition: (position: number) => void }
  readonly preview: Preview
  /** The lines of the table, problems included. */
  readonly lines: readonly LineView[]
  readonly check: CheckResult
}

export const EditorContext = createContext<EditorState | null>(null)

export function useEditor(): EditorState {
  const state = useContext(EditorContext)
  if (!state) throw new Error('a part of the editor stands outside of it')
  return state
}
