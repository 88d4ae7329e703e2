/** The editor of an integration: its draft, the preview beside it, and saving as the next version. */
import { Button, Tabs } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { Answer } from '#renderer/ui/answer.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import type { FieldView } from '#shared/contract/connections.ts'
import type { Definition, Draft } from './draft.ts'
import { EditorContext, type EditorState } from './editor-context.ts'
import { EditorFooter } from './editor-footer.tsx'
import { EditorHead } from './editor-head.tsx'
import { type LineFacts, type LineView, lineViews } from './line-view.ts'
import { MappingTab } from './mapping-tab.tsx'
import { OverviewTab } from './overview-tab.tsx'
import { RecordsTab } from './records-tab.tsx'
import { RulesTab } from './rules-tab.tsx'
import './styles.ts'
import { TestTab } from './test-tab.tsx'
import { text } from './text.ts'
import { useConnectionNames, useDraft, useDraftActions, useObject, useSide } from './use-editor.ts'
import { usePreview } from './use-preview.ts'

export function EditorScreen({ integrationId }: { readonly integrationId: string }) {
  const { saved, draft } = useDraft(integrationId)
  if (draft) return <Ready key={integrationId} draft={draft} />
  const parent = { href: `/integrations/${integrationId}`, label: integrationId }
  return (
    <Page title={text.title(integrationId)} parent={parent}>
      <Answer of={saved} lines={6}>
        {() => null}
      </Answer>
    </Page>
  )
}

type Tab = 'mapping' | 'records' | 'rules' | 'test' | 'overview'
const tabs: readonly Tab[] = ['mapping', 'records', 'rules', 'test', 'overview']

function Ready({ draft }: { readonly draft: Draft }) {
  const { definition } = draft
  const state = useEditorState(draft)
  const [tab, setTab] = useState<Tab>('mapping')
  useHotkeys(
    [
      ['mod+Z', state.actions.undo],
      ['mod+shift+Z', state.actions.redo],
      ['mod+Y', state.actions.redo],
    ],
    ['INPUT', 'TEXTAREA', 'SELECT'],
  )
  return (
    <EditorContext value={state}>
      <Page
        title={text.title(definition.name)}
        parent={{ href: `/integrations/${definition.id}`, label: definition.name }}
        actions={<EditorHead draft={draft} />}
      >
        <Troubles state={state} />
        <Tabs
          value={tab}
          onChange={(value) => setTab(tabs.find((one) => one === value) ?? 'mapping')}
          keepMounted={false}
        >
          <Tabs.List>
            {tabs.map((value) => (
              <Tabs.Tab key={value} value={value}>
                {text.tabs[value]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="mapping" pt="md">
            <MappingTab />
          </Tabs.Panel>
          <Tabs.Panel value="records" pt="md">
            <RecordsTab />
          </Tabs.Panel>
          <Tabs.Panel value="rules" pt="md">
            <RulesTab />
          </Tabs.Panel>
          <Tabs.Panel value="test" pt="md">
            <TestTab />
          </Tabs.Panel>
          <Tabs.Panel value="overview" pt="md">
            <OverviewTab />
          </Tabs.Panel>
        </Tabs>
        <EditorFooter onGoToMapping={() => setTab('mapping')} />
      </Page>
    </EditorContext>
  )
}

/** Both sides, samples and previews. What cannot be had leaves the draft editable. */
function useEditorState(draft: Draft): EditorState {
  const { definition } = draft
  const actions = useDraftActions(definition.id)
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

function Troubles({ state }: { readonly state: EditorState }) {
  const { definition, names, source, destination } = state
  const nameOf = (id: string): string => names.get(id) ?? id
  const broken = source.samples.error ?? source.asked.error ?? destination.asked.error
  const end = destination.asked.error ? definition.destination : definition.source
  const failed = [source.samples, source.asked, destination.asked].filter(({ error }) => error)
  const retry = (): void => void Promise.all(failed.map(({ refetch }) => refetch()))
  return (
    <div role="status">
      {broken && (
        <Notice
          tone="warn"
          title={text.broken.source(nameOf(end.connection))}
          action={
            <Button size="sm" variant="default" onClick={retry}>
              {text.broken.retry}
            </Button>
          }
        >
          {broken.message}
        </Notice>
      )}
      {source.isGone && (
        <Notice tone="bad" title={text.broken.gone(definition.source.object, nameOf(definition.source.connection))} />
      )}
      {destination.isGone && (
        <Notice
          tone="bad"
          title={text.broken.gone(definition.destination.object, nameOf(definition.destination.connection))}
        />
      )}
    </div>
  )
}
