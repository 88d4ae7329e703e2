/** The editor of an integration: its draft, the preview beside it, and saving as the next version. */
import { Button, Tabs } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useState } from 'react'
import { Answer } from '#renderer/ui/answer.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { BackTab } from './back-tab.tsx'
import type { Draft } from './draft.ts'
import { EditorContext, type EditorState } from './editor-context.ts'
import { EditorFooter } from './editor-footer.tsx'
import { EditorHead } from './editor-head.tsx'
import { MappingTab } from './mapping-tab.tsx'
import { OverviewTab } from './overview-tab.tsx'
import { RecordsTab } from './records-tab.tsx'
import { RulesTab } from './rules-tab.tsx'
import './styles.ts'
import { TestTab } from './test-tab.tsx'
import { text } from './text.ts'
import { useDraft, useDraftActions } from './use-editor.ts'
import { useEditorState } from './use-editor-state.ts'

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

type Tab = 'mapping' | 'back' | 'records' | 'rules' | 'test' | 'overview'
const tabs: readonly Tab[] = ['mapping', 'back', 'records', 'rules', 'test', 'overview']

function Ready({ draft }: { readonly draft: Draft }) {
  const { definition } = draft
  const state = useEditorState(definition, useDraftActions(definition.id))
  const shownTabs = definition.back ? tabs : tabs.filter((one) => one !== 'back')
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
            {shownTabs.map((value) => (
              <Tabs.Tab key={value} value={value}>
                {text.tabs[value]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="mapping" pt="md">
            <MappingTab />
          </Tabs.Panel>
          <Tabs.Panel value="back" pt="md">
            <BackTab />
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
