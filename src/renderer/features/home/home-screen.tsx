/** Home: is everything all right, what needs me, what happened last. */
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { RowList } from '#renderer/ui/row-list.tsx'
import { RunRows } from '#renderer/ui/run-rows.tsx'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import type { Tone } from '#renderer/ui/tone.ts'
import { Doors, SampleDoor } from './doors.tsx'
import { type HomeFacts, health, isFirstVisit, isSampleUnfinished, type Need, needs, wasPutBack } from './home-view.ts'
import { NextRuns } from './next-runs.tsx'
import { text } from './text.ts'
import { useHomeFacts, useLastRuns } from './use-home.ts'

export function HomeScreen() {
  const facts = useHomeFacts()
  if (facts.data && isFirstVisit(facts.data)) {
    return (
      <Page key="welcome" title={text.welcome} lead={text.welcomeLead}>
        <Doors />
      </Page>
    )
  }
  return (
    <Page key="home" title={text.title}>
      <Answer of={facts} lines={6}>
        {(ready) => <Ready facts={ready} />}
      </Answer>
    </Page>
  )
}

function Ready({ facts }: { readonly facts: HomeFacts }) {
  const needed = needs(facts)
  const { tone, sentence } = health(facts, needed)
  return (
    <>
      <Notice tone={tone} title={sentence} isLive />
      {wasPutBack(facts) && (
        <Notice tone="warn" title={text.putBack}>
          {text.putBackWords}
        </Notice>
      )}
      {isSampleUnfinished(facts) && <SampleDoor isUnfinished />}
      {needed.length > 0 && (
        <Card title={text.needs} isFlush>
          <RowList items={needed.map(needRow)} label={text.needs} />
        </Card>
      )}
      {facts.integrations.length > 0 && <NextRuns />}
      <LastRuns names={new Map(facts.integrations.map(({ id, name }) => [id, name]))} />
    </>
  )
}

const needWords: Readonly<Record<Tone, string>> = {
  bad: 'Stopped',
  warn: 'Waits for you',
  info: 'Next step',
  ok: 'Done',
  quiet: 'For later',
}

function needRow(need: Need) {
  return {
    id: need.id,
    href: need.href,
    title: need.title,
    line: need.line,
    marks: <StatusMark tone={need.tone} word={needWords[need.tone]} />,
  }
}

function LastRuns({ names }: { readonly names: ReadonlyMap<string, string> }) {
  const runs = useLastRuns()
  return (
    <Answer of={runs}>
      {(ready) => (
        <Card title={text.runs} isFlush aside={ready.runs.length > 0 && <Link href="/runs">{text.allRuns}</Link>}>
          {ready.runs.length === 0 ? (
            <EmptyState icon="runs" title={text.noRuns}>
              {text.noRunsWords}
            </EmptyState>
          ) : (
            <RunRows runs={ready.runs} names={names} label={text.runs} />
          )}
        </Card>
      )}
    </Answer>
  )
}
