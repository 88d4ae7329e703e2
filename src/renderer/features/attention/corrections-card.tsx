/** Values that a person corrected: listed, and taken back. */
import { Button } from '@mantine/core'
import { Card } from '#renderer/ui/card.tsx'
import { fieldLabel, valueText } from '#renderer/ui/value-view.ts'
import classes from './attention.module.css'
import { keyOf } from './attention-view.ts'
import type { LeftOutCardProps } from './left-out-card.tsx'
import { text } from './text.ts'
import { useCorrections } from './use-attention.ts'

export function CorrectionsCard({ names, actions }: LeftOutCardProps) {
  const corrections = useCorrections().data?.corrections ?? []
  if (corrections.length === 0) return null
  return (
    <Card title={`${text.corrections} (${corrections.length})`} hint={text.correctionsHint} isFlush>
      <ul className={classes.list} aria-label={text.corrections}>
        {corrections.map((one) => (
          <li key={`${keyOf(one)}/${one.field}`} className={classes.leftOut}>
            <div>
              <strong dir="auto">{one.label}</strong>
              <p className={classes.quiet}>
                {names.get(one.integrationId)?.name ?? one.integrationId}:{' '}
                {text.correction(fieldLabel(one.field), valueText(one.was) ?? '', valueText(one.value) ?? '')}
              </p>
            </div>
            <Button
              size="sm"
              variant="default"
              disabled={actions.isBusy}
              onClick={() => actions.withdrawCorrection(one, one.field)}
            >
              {text.back}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
