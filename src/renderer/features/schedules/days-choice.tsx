/** Days of the week to choose from, and the two choices most people want. */
import { Button, Chip, Group } from '@mantine/core'
import { type Day, days, workdays } from './schedule-draft.ts'
import classes from './schedule-screen.module.css'
import { text } from './text.ts'

export interface DaysChoiceProps {
  readonly value: readonly Day[]
  readonly onChange: (days: readonly Day[]) => void
}

export function DaysChoice({ value, onChange }: DaysChoiceProps) {
  return (
    <fieldset className={classes.choice}>
      <legend>{text.daysLabel}</legend>
      <Chip.Group
        multiple
        value={[...value]}
        onChange={(chosen) => onChange(days.filter((day) => chosen.includes(day)))}
      >
        <Group gap="xs">
          {days.map((day) => (
            <Chip key={day} value={day}>
              {text.days[day]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => onChange(workdays)}>
          {text.workdays}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onChange(days)}>
          {text.everyDay}
        </Button>
      </Group>
    </fieldset>
  )
}
