/** A poll: how often, between which hours, on which days. */
import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { DaysChoice } from './days-choice.tsx'
import type { ScheduleDraft } from './schedule-draft.ts'
import classes from './schedule-screen.module.css'
import { text } from './text.ts'

const offered = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720]
const officeHours = ['08:00', '18:00'] as const

export interface PollChoiceProps {
  readonly draft: ScheduleDraft
  readonly onChange: (patch: Partial<ScheduleDraft>) => void
}

export function PollChoice({ draft, onChange }: PollChoiceProps) {
  const { everyMinutes, between } = draft
  const minutes = offered.includes(everyMinutes) ? offered : [...offered, everyMinutes].toSorted((a, b) => a - b)
  return (
    <div className={classes.part}>
      <NativeSelect
        label={text.minutes}
        value={everyMinutes}
        data={minutes.map((value) => ({ value: String(value), label: text.every(value) }))}
        onChange={(event) => onChange({ everyMinutes: Number(event.currentTarget.value) })}
      />
      <Checkbox
        label={text.between}
        checked={between !== undefined}
        onChange={(event) => onChange({ between: event.currentTarget.checked ? officeHours : undefined })}
      />
      {between && (
        <Group gap="sm">
          <TextInput
            type="time"
            label={text.from}
            value={between[0]}
            onChange={(event) => onChange({ between: [event.currentTarget.value, between[1]] })}
          />
          <TextInput
            type="time"
            label={text.until}
            value={between[1]}
            onChange={(event) => onChange({ between: [between[0], event.currentTarget.value] })}
          />
        </Group>
      )}
      <DaysChoice value={draft.days} onChange={(days) => onChange({ days })} />
    </div>
  )
}
