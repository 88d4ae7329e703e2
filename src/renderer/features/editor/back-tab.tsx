/** The way back of a two-way integration: the same table with both ends exchanged. */
import { useMemo } from 'react'
import type { Change, Definition } from './draft.ts'
import classes from './editor.module.css'
import { EditorContext, useEditor } from './editor-context.ts'
import { MappingTab } from './mapping-tab.tsx'
import { MatchCard } from './match-card.tsx'
import { text } from './text.ts'
import type { DraftActions } from './use-editor.ts'
import { useEditorState } from './use-editor-state.ts'

export function BackTab() {
  const { definition, actions } = useEditor()
  const turned = useMemo(() => turn(definition), [definition])
  const back = useMemo(() => turnActions(actions), [actions])
  const state = useEditorState(turned, back)
  return (
    <EditorContext value={state}>
      <div className={classes.tab}>
        <p className={classes.quiet}>{text.back.hint}</p>
        <MappingTab />
        <MatchCard />
      </div>
    </EditorContext>
  )
}

/** The definition as the way back sees it. */
function turn({ back, source, destination, ...definition }: Definition): Definition {
  return {
    ...definition,
    source: destination,
    destination: source,
    match: back?.match ?? [],
    mapping: back?.mapping ?? [],
  }
}

function turnActions(actions: DraftActions): DraftActions {
  return { ...actions, change: (step) => actions.change(turnChange(step)) }
}

/** What is changed on the way back becomes a change of `back`; both ends stay where they are. */
function turnChange({ label, key, apply }: Change): Change {
  return {
    label: text.back.change(label),
    ...(key !== undefined && { key: `back/${key}` }),
    apply: (now) => {
      const { match, mapping } = apply(turn(now))
      return { ...now, back: { match, mapping } }
    },
  }
}
