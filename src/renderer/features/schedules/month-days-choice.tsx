/** Days of the month to choose from, the last one by its name. */
import { Chip, Group } from '@mantine/core'
import type { MonthDay } from './schedule-draft.ts'
import classes from './schedule-screen.module.css'
import { text } from './text.ts'

export interface MonthDaysChoiceProps {
  readonly value: readonly MonthDay[]
  readonly onChange: (days: readonly MonthDay[]) => void
}

const all: readonly MonthDay[] = [...Array.from({ length: 31 }, (_, index) => index + 1), 'last-day']

export function MonthDaysChoice({ value, onChange }: MonthDaysChoiceProps) {
  return (
    <fieldset className={classes.choice}>
      <legend>{text.monthDays}</legend>
      <Chip.Group
        multiple
        value={value.map(String)}
        onChange={(chosen) => onChange(all.filter((day) => chosen.includes(String(day))))}
      >
        <Group gap={6}>
          {all.map((day) => (
            <Chip key={day} value={String(day)} size="sm">
              {day === 'last-day' ? text.lastDay : day}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {value.some((day) => day !== 'last-day' && day > 28) && <p className={classes.quiet}>{text.shortMonths}</p>}
    </fieldset>
  )
}
