/** The picker in words: what kind of times, then the times themselves; cron is for those who look under Advanced. */
import { NativeSelect, Radio, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { Card } from '#renderer/ui/card.tsx'
import { DaysChoice } from './days-choice.tsx'
import { MonthDaysChoice } from './month-days-choice.tsx'
import { PollChoice } from './poll-choice.tsx'
import { kinds, type ScheduleDraft } from './schedule-draft.ts'
import classes from './schedule-screen.module.css'
import { text } from './text.ts'
import { TimesChoice } from './times-choice.tsx'

export interface SchedulePickerProps {
  readonly draft: ScheduleDraft
  /** The zone of this computer. */
  readonly ownZone: string
  readonly onChange: (patch: Partial<ScheduleDraft>) => void
}

export function SchedulePicker(props: SchedulePickerProps) {
  const { draft, onChange } = props
  return (
    <Card title={text.question}>
      <div className={classes.part}>
        <Radio.Group
          aria-label={text.question}
          value={draft.kind}
          onChange={(value) => onChange({ kind: kinds.find((one) => one === value) ?? 'never' })}
        >
          <div className={classes.kinds}>
            {kinds
              .filter((kind) => kind !== 'cron')
              .map((kind) => (
                <div key={kind} className={classes.kind}>
                  <Radio value={kind} label={text.kinds[kind]} />
                  {draft.kind === kind && kind !== 'never' && (
                    <div className={classes.details}>
                      <Times {...props} />
                    </div>
                  )}
                </div>
              ))}
            <Advanced {...props} />
          </div>
        </Radio.Group>
      </div>
    </Card>
  )
}

function Times({ draft, onChange }: SchedulePickerProps) {
  if (draft.kind === 'poll') return <PollChoice draft={draft} onChange={onChange} />
  return (
    <div className={classes.part}>
      {draft.kind === 'days' ? (
        <DaysChoice value={draft.days} onChange={(days) => onChange({ days })} />
      ) : (
        <MonthDaysChoice value={draft.monthDays} onChange={(monthDays) => onChange({ monthDays })} />
      )}
      <TimesChoice value={draft.times} onChange={(times) => onChange({ times })} />
    </div>
  )
}

function Advanced({ draft, ownZone, onChange }: SchedulePickerProps) {
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  const isKnown = draft.zone === '' || zones.includes(draft.zone)
  return (
    <details
      className={classes.advanced}
      open={draft.kind === 'cron' || draft.zone !== '' || draft.isRunAfter || undefined}
    >
      <summary>{text.advanced}</summary>
      <div className={classes.part}>
        <Radio value="cron" label={text.kinds.cron} />
        {draft.kind === 'cron' && (
          <TextInput
            label={text.cron}
            description={text.cronHelp}
            value={draft.cron}
            onChange={(event) => onChange({ cron: event.currentTarget.value })}
          />
        )}
        {draft.kind !== 'never' && (
          <>
            <NativeSelect
              label={text.zone}
              value={draft.zone}
              data={[
                { value: '', label: text.ownZone(ownZone) },
                ...(isKnown ? zones : [draft.zone, ...zones]).map((zone) => ({ value: zone, label: zone })),
              ]}
              onChange={(event) => onChange({ zone: event.currentTarget.value })}
            />
            <NativeSelect
              label={text.overlap}
              value={draft.isRunAfter ? 'after' : 'skip'}
              data={[
                { value: 'skip', label: text.overlaps.skip },
                { value: 'after', label: text.overlaps.after },
              ]}
              onChange={(event) => onChange({ isRunAfter: event.currentTarget.value === 'after' })}
            />
          </>
        )}
      </div>
    </details>
  )
}
