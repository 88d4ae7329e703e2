/** A calculation, checked by the core while it is typed; a mistake is marked at its place. */
import { Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useAnswer } from '#renderer/app/session-queries.ts'
import classes from './editor.module.css'
import { text } from './text.ts'

const checkAfterMs = 250
/** Letters shown before and after a mistake. */
const aroundMistake = 24

export interface CalculationFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

export function CalculationField({ value, onChange }: CalculationFieldProps) {
  const [expression] = useDebouncedValue(value, checkAfterMs)
  const { data } = useAnswer('mapping.check-calculation', { expression }, { isWanted: expression !== '' })
  const problem = value === expression ? data?.problem : undefined
  return (
    <div>
      <Textarea
        label={text.calculation.label}
        description={text.calculation.help}
        value={value}
        autosize
        minRows={2}
        spellCheck={false}
        classNames={{ input: classes.code ?? '' }}
        error={problem?.message ?? null}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {problem && problem.position !== null && <Mistake expression={expression} position={problem.position} />}
      {data && !problem && value === expression && <p className={classes.quiet}>{text.calculation.ok}</p>}
    </div>
  )
}

function Mistake({ expression, position }: { readonly expression: string; readonly position: number }) {
  const before = expression.slice(Math.max(0, position - aroundMistake), position)
  const at = expression.charAt(position) || ' '
  const after = expression.slice(position + 1, position + 1 + aroundMistake)
  return (
    <p className={classes.code}>
      <span className={classes.quiet}>{text.calculation.at(position)}: </span>
      {before}
      <mark className={classes.mistake}>{at}</mark>
      {after}
    </p>
  )
}
