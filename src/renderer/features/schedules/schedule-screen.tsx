/** When an integration runs by itself. */
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { PreviewCard } from './preview-card.tsx'
import { draftOf, missingIn, type ScheduleDraft, scheduleOf } from './schedule-draft.ts'
import { SchedulePicker } from './schedule-picker.tsx'
import { SlotsCard } from './slots-card.tsx'
import { text } from './text.ts'
import { type Scheduled, useSaveSchedule, useSchedule } from './use-schedule.ts'

export function ScheduleScreen({ integrationId }: { readonly integrationId: string }) {
  const schedule = useSchedule(integrationId)
  const name = schedule.data?.scheduled.name
  return (
    <Page
      title={name === undefined ? text.unnamed : text.title(name)}
      lead={text.lead}
      parent={{ href: `/integrations/${integrationId}`, label: name ?? text.integrations }}
    >
      {schedule.isUnknown ? (
        <Card>
          <EmptyState icon="quiet" title={text.unknown}>
            {text.unknownWords}
          </EmptyState>
        </Card>
      ) : (
        <Answer of={schedule} lines={6}>
          {({ scheduled, zone }) => <Ready key={integrationId} scheduled={scheduled} ownZone={zone} />}
        </Answer>
      )}
    </Page>
  )
}

function Ready({ scheduled, ownZone }: { readonly scheduled: Scheduled; readonly ownZone: string }) {
  const { integrationId, isApproved } = scheduled
  const [draft, setDraft] = useState<ScheduleDraft>(() => draftOf(scheduled.schedule))
  const [, navigate] = useLocation()
  const save = useSaveSchedule()
  const home = `/integrations/${integrationId}`
  return (
    <>
      {!isApproved && (
        <Notice tone="info" title={text.notApproved}>
          {text.notApprovedWords}
        </Notice>
      )}
      <SchedulePicker draft={draft} ownZone={ownZone} onChange={(patch) => setDraft({ ...draft, ...patch })} />
      <PreviewCard draft={draft} ownZone={ownZone} />
      {save.error && <ErrorNotice error={save.error.info} />}
      <Group>
        <Button
          size="md"
          loading={save.isPending}
          disabled={missingIn(draft) !== undefined}
          onClick={() =>
            save.mutate({ integrationId, schedule: scheduleOf(draft) }, { onSuccess: () => navigate(home) })
          }
        >
          {text.save}
        </Button>
        <Button component={Link} href={home} variant="default" size="md">
          {text.cancel}
        </Button>
      </Group>
      <SlotsCard integrationId={integrationId} ownZone={ownZone} />
    </>
  )
}
