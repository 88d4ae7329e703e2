/** Undo, redo, save; and what to do when another window saved meanwhile. */
import { Button, Group } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useLocation } from 'wouter'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import type { ErrorInfo } from '#shared/errors.ts'
import type { Definition, Draft } from './draft.ts'
import { useDrafts } from './draft-store.ts'
import classes from './editor.module.css'
import { text } from './text.ts'
import { useDraft, useDraftActions, useMakePlan, useSave } from './use-editor.ts'

export function EditorHead({ draft }: { readonly draft: Draft }) {
  const [, navigate] = useLocation()
  const { id } = draft.definition
  const { undo, redo } = useDraftActions(id)
  const { save, store } = useSave(draft)
  const plan = useMakePlan()
  const saveNow = (): void => store(draft.baseVersion)
  const planNow = (): void =>
    plan.mutate({ integrationId: id }, { onSuccess: ({ planId }) => navigate(`/plans/${planId}`) })
  useHotkeys([['mod+S', saveNow]], [])
  const last = draft.past.at(-1)
  const next = draft.future[0]
  const conflict = save.error?.code === 'changed-meanwhile' ? save.error.info : undefined
  return (
    <div className={classes.head}>
      <Group gap="xs">
        <Button
          variant="default"
          disabled={!last}
          onClick={undo}
          title={last && text.undoLabel(last.label)}
          aria-label={last ? text.undoLabel(last.label) : text.undo}
        >
          {text.undo}
        </Button>
        <Button
          variant="default"
          disabled={!next}
          onClick={redo}
          title={next && text.redoLabel(next.label)}
          aria-label={next ? text.redoLabel(next.label) : text.redo}
        >
          {text.redo}
        </Button>
        <Button variant="default" disabled={!draft.isChanged} loading={save.isPending} onClick={saveNow}>
          {text.save}
        </Button>
        <Button
          loading={plan.isPending}
          onClick={() => (draft.isChanged ? store(draft.baseVersion, planNow) : planNow())}
        >
          {text.makePlan}
        </Button>
      </Group>
      <span className={classes.savedState} role="status">
        {draft.isChanged ? text.unsaved : text.saved}
      </span>
      {conflict && (
        <Conflict draft={draft} info={conflict} onMine={(version) => store(version)} onDropped={save.reset} />
      )}
      {save.error && !conflict && <ErrorNotice error={save.error.info} />}
      {plan.error && <ErrorNotice error={plan.error.info} />}
    </div>
  )
}

interface ConflictProps {
  readonly draft: Draft
  readonly info: ErrorInfo
  readonly onMine: (savedVersion: number) => void
  readonly onDropped: () => void
}

function Conflict({ draft, info, onMine, onDropped }: ConflictProps) {
  const { saved } = useDraft(draft.definition.id)
  const drop = useDrafts((state) => state.drop)
  const theirs = saved.data
  return (
    <Notice
      tone="warn"
      title={text.conflict.title}
      isLive
      action={
        <Group gap="xs">
          <Button size="sm" variant="default" onClick={() => onMine(Number(info.details?.savedVersion ?? 0))}>
            {text.conflict.mine}
          </Button>
          {theirs && (
            <Button
              size="sm"
              variant="default"
              // Bodies are saved by the core from parsed definitions.
              onClick={() => {
                drop(theirs.definition as unknown as Definition, theirs.version)
                onDropped()
              }}
            >
              {text.conflict.theirs}
            </Button>
          )}
        </Group>
      }
    >
      {text.conflict.words}
    </Notice>
  )
}
