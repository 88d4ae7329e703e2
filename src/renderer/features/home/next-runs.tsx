/** What runs next by itself, and whether everything is paused. */
import { Button } from '@mantine/core'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { formatDue } from '#renderer/ui/due-time.ts'
import { formatAgo } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/notice.tsx'
import { RowList } from '#renderer/ui/row-list.tsx'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import { nextRuns } from './home-view.ts'
import { text } from './text.ts'
import { useResumeAll, useSchedules } from './use-home.ts'

export function NextRuns() {
  const schedules = useSchedules()
  return (
    <Answer of={schedules} lines={2}>
      {({ allPausedAt, schedules: all, zone }) => {
        const next = nextRuns(all)
        return (
          <>
            {allPausedAt !== null && <AllPaused since={allPausedAt} />}
            <Card title={text.next} isFlush={next.length > 0}>
              {next.length === 0 ? (
                <p>{all.some(({ schedule }) => schedule !== null) ? text.nothingNext : text.noSchedules}</p>
              ) : (
                <RowList
                  label={text.next}
                  items={next.map(({ integrationId, name, due, sentence, isPaused, isApproved }) => ({
                    id: integrationId,
                    href: `/integrations/${integrationId}`,
                    title: name,
                    line: sentence,
                    marks:
                      isPaused || allPausedAt !== null ? (
                        <StatusMark tone="quiet" word={text.paused} />
                      ) : (
                        !isApproved && <StatusMark tone="warn" word={text.notApproved} />
                      ),
                    facts: formatDue(due, zone),
                  }))}
                />
              )}
            </Card>
          </>
        )
      }}
    </Answer>
  )
}

function AllPaused({ since }: { readonly since: string }) {
  const resume = useResumeAll()
  return (
    <Notice
      tone="warn"
      title={text.allPaused(formatAgo(since, Date.now()))}
      action={
        <Button size="sm" variant="default" loading={resume.isPending} onClick={() => resume.mutate({})}>
          {text.resumeAll}
        </Button>
      }
    >
      {text.allPausedWords}
    </Notice>
  )
}
