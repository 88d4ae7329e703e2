/** What a rule would make of the conflicts that wait: how many, and of each what would stand there. */
import { Text } from '@mantine/core'
import type { Output } from '#shared/contract/contract.ts'
import type { Values } from '#shared/model/value.ts'
import classes from './conflict.module.css'
import { linesOf, textOf } from './conflict-view.ts'
import { type ServiceNames, text } from './text.ts'

type Preview = Output<'attention.preview-rule'>
type PreviewRecord = Preview['records'][number]

export function RulePreview({ preview, names }: { readonly preview: Preview; readonly names: ServiceNames }) {
  const { waitingCount, decidedCount, byPersonCount, unknownCount, records } = preview
  return (
    <>
      <div role="status">
        <Text mt="md" fw={550}>
          {text.rule.counts(decidedCount, waitingCount)} {text.rule.future}
        </Text>
        {byPersonCount > 0 && <Text size="sm">{text.rule.byPerson(byPersonCount)}</Text>}
        {unknownCount > 0 && <Text size="sm">{text.rule.unknown(unknownCount)}</Text>}
      </div>
      {records.length > 0 && (
        // Scrolls on its own where it is long, and is then reached by the keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <section className={classes.preview} aria-label={text.rule.preview} tabIndex={0}>
          <ul className={classes.previewList}>
            {records.map((record) => (
              <li key={record.label}>
                <strong dir="auto">{record.label}</strong>
                <dl className={classes.previewValues}>
                  <dt>{names.source}</dt>
                  <dd dir="auto">{valuesText(record.now.source)}</dd>
                  <dt>{names.destination}</dt>
                  <dd dir="auto">{valuesText(record.now.destination)}</dd>
                  <dt>{text.rule.after}</dt>
                  <dd dir="auto">
                    <strong>{afterText(record, names)}</strong>
                  </dd>
                </dl>
              </li>
            ))}
          </ul>
          {waitingCount > records.length && <Text size="sm">{text.rule.more(waitingCount - records.length)}</Text>}
        </section>
      )}
    </>
  )
}

function valuesText(values: Values): string {
  return textOf(linesOf(values, Object.keys(values))) ?? text.nothing
}

function afterText({ after }: PreviewRecord, names: ServiceNames): string {
  if (!after) return text.rule.waits
  const [source, destination] = [valuesText(after.source), valuesText(after.destination)]
  return source === destination ? destination : `${names.source}: ${source}; ${names.destination}: ${destination}`
}
