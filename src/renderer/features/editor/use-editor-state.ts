/** What the editor works with: both ends of a definition, samples, previews. */
import { useMemo, useState } from 'react'
import type { FieldView } from '#shared/contract/connections.ts'
import type { Definition } from './draft.ts'
import type { EditorState } from './editor-context.ts'
import { type LineFacts, type LineView, lineViews } from './line-view.ts'
import { type DraftActions, useConnectionNames, useObject, useSide } from './use-editor.ts'
import { usePreview } from './use-preview.ts'

/** Both sides, samples and previews. What cannot be had leaves the draft editable. */
export function useEditorState(definition: Definition, actions: DraftActions): EditorState {
  const source = useSide(definition.source)
  const destination = useObject(definition.destination)
  const names = useConnectionNames()
  const [position, setPosition] = useState(0)
  const { values, fields, paths, samples } = source
  const { preview, check } = usePreview(definition, values)
  const lines = useLines({
    definition,
    fields: destination.object?.fields,
    source: paths,
    preview,
    check,
    sampleCount: values.length,
  })
  return {
    definition,
    actions,
    names,
    source: { fields, paths, asked: source.asked, samples, values, isGone: isGone(source) },
    destination: { object: destination.object, asked: destination.asked, isGone: isGone(destination) },
    sample: { position: Math.min(position, Math.max(0, values.length - 1)), setPosition },
    preview,
    lines,
    check,
  }
}

type LinesInput = Omit<LineFacts, 'mapping' | 'fields'> & {
  readonly definition: Definition
  readonly fields: readonly FieldView[] | undefined
}

function useLines({
  definition: { mapping },
  fields,
  source,
  preview,
  check,
  sampleCount,
}: LinesInput): readonly LineView[] {
  return useMemo(
    () => lineViews({ mapping, fields: fields ?? [], source, preview, check, sampleCount }),
    [mapping, fields, source, preview, check, sampleCount],
  )
}

/** The service answered, and the object is not among what it has. */
function isGone({ asked, object }: Pick<ReturnType<typeof useObject>, 'asked' | 'object'>): boolean {
  return asked.data !== undefined && object === undefined
}
