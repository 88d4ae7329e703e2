/** A state as shape, word and colour. */
import { Icon } from './icons.tsx'
import classes from './status-mark.module.css'
import type { Tone } from './tone.ts'

export interface StatusMarkProps {
  readonly tone: Tone
  readonly word: string
}

export function StatusMark({ tone, word }: StatusMarkProps) {
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon name={tone} size={15} />
      {word}
    </span>
  )
}
