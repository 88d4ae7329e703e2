/** Values of a unit, a line for each field; which of them changed is said, not only shown. */
import { VisuallyHidden } from '@mantine/core'
import classes from './conflict.module.css'
import type { BothLines, Line } from './conflict-view.ts'
import { type ServiceNames, text } from './text.ts'

export function Lines({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <span className={classes.lines}>
      {lines.map(({ label, text: value, isChanged }, at) => (
        <span key={label ?? at} className={isChanged ? classes.changed : undefined}>
          {label !== null && <span className={classes.label}>{label}: </span>}
          <span dir="auto">{value ?? <i>{text.nothing}</i>}</span>
          {isChanged && <VisuallyHidden> ({text.changed})</VisuallyHidden>}
        </span>
      ))}
    </span>
  )
}

/** In one line, for what only explains. */
export function LinesInRow({ lines }: { readonly lines: readonly Line[] }) {
  return lines.map(({ label, text: value }, at) => (
    <span key={label ?? at}>
      {at > 0 && ' · '}
      {label !== null && `${label}: `}
      <span dir="auto">{value ?? <i>{text.nothing}</i>}</span>
    </span>
  ))
}

/** Once where both sides write it alike, else under the name of each. */
export function Both({ lines, names }: { readonly lines: BothLines; readonly names: ServiceNames }) {
  if (lines.kind === 'same') return <Lines lines={lines.lines} />
  return (
    <span className={classes.lines}>
      {(['source', 'destination'] as const).map((side) => (
        <span key={side}>
          <span className={classes.label}>{names[side]}: </span>
          <Lines lines={lines[side]} />
        </span>
      ))}
    </span>
  )
}
