/** One time of day or several. */
import { Button, Group, TextInput } from '@mantine/core'
import classes from './schedule-screen.module.css'
import { text } from './text.ts'

export interface TimesChoiceProps {
  readonly value: readonly string[]
  readonly onChange: (times: readonly string[]) => void
}

const mostTimes = 48

export function TimesChoice({ value, onChange }: TimesChoiceProps) {
  return (
    <fieldset className={classes.choice}>
      <legend>{text.times}</legend>
      {value.map((time, index) => (
        // Two times may be the same while one is being typed: their place is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Group key={index} gap="xs">
          <TextInput
            type="time"
            aria-label={text.time(index + 1)}
            value={time}
            onChange={(event) => onChange(value.map((old, at) => (at === index ? event.currentTarget.value : old)))}
          />
          {value.length > 1 && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={text.removeTime(time)}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              {text.remove}
            </Button>
          )}
        </Group>
      ))}
      {value.length < mostTimes && (
        <Button size="compact-sm" variant="default" onClick={() => onChange([...value, ''])}>
          {text.addTime}
        </Button>
      )}
    </fieldset>
  )
}
