/** How long history is kept and what it takes on this disk. */
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatDay, formatSize } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/notice.tsx'
import type { Output } from '#shared/contract/contract.ts'
import { historyLimits } from '#shared/model/history.ts'
import { type HistoryDraft, historyDraft, settingsOf } from './history-draft.ts'
import classes from './settings-screen.module.css'
import { text } from './text.ts'
import { useHistory } from './use-settings.ts'

type Facts = Output<'history.get'>

export function HistoryCard() {
  const { facts, ...saving } = useHistory()
  return (
    <Card title={text.history.title}>
      <div className={classes.part}>
        <p>{text.history.words}</p>
        <Answer of={facts} lines={4}>
          {(known) => (
            <>
              <FactList facts={known} />
              {known.isOverLimit && (
                <Notice tone="warn" title={text.history.overTitle}>
                  {text.history.over(known.settings.undoDays)}
                </Notice>
              )}
              <HistoryForm facts={known} saving={saving} />
            </>
          )}
        </Answer>
      </div>
    </Card>
  )
}

function FactList({ facts }: { readonly facts: Facts }) {
  const { databaseBytes, historyBytes, freeBytes, oldestAt } = facts
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{text.history.size}</dt>
        <dd>{text.history.sizes(formatSize(databaseBytes), formatSize(historyBytes))}</dd>
        {freeBytes >= noticeableBytes && <dd className={classes.quiet}>{text.history.free(formatSize(freeBytes))}</dd>}
      </div>
      <div>
        <dt>{text.history.since}</dt>
        <dd>{oldestAt === null ? text.history.none : formatDay(oldestAt)}</dd>
      </div>
    </dl>
  )
}

const noticeableBytes = 10_000_000

interface HistoryFormProps {
  readonly facts: Facts
  readonly saving: Omit<ReturnType<typeof useHistory>, 'facts'>
}

function HistoryForm({ facts, saving }: HistoryFormProps) {
  const [draft, setDraft] = useState(() => historyDraft(facts.settings))
  const save = (event: FormEvent): void => {
    event.preventDefault()
    saving.save(settingsOf(draft))
  }
  const field = (name: keyof HistoryDraft, max: number) => ({
    type: 'number',
    inputMode: 'decimal' as const,
    max,
    value: draft[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setDraft({ ...draft, [name]: event.currentTarget.value }),
  })
  return (
    <form className={`${classes.part} ${classes.form}`} onSubmit={save} noValidate>
      <div className={classes.fields}>
        <TextInput
          label={text.history.historyDays}
          description={text.history.historyHelp}
          {...field('historyDays', historyLimits.historyDays.max)}
        />
        <TextInput
          label={text.history.undoDays}
          description={text.history.undoHelp}
          {...field('undoDays', historyLimits.undoDays.max)}
        />
        <TextInput
          label={text.history.maxGb}
          description={text.history.maxHelp}
          step="any"
          {...field('maxGb', historyLimits.historyMaxBytes.max / 1e9)}
        />
      </div>
      <Button type="submit" variant="default" loading={saving.isPending}>
        {text.history.save}
      </Button>
      <p role="status">{saving.isSaved && text.history.saved}</p>
      {saving.error && <ErrorNotice error={saving.error.info} />}
    </form>
  )
}
