/** Which records take part: a filter, and on which changes. How many of the samples fit is shown while it is written. */
import { Button, Group, NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import { Card } from '#renderer/ui/card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { errorInfoOf } from '#shared/errors.ts'
import { compileFilter, countMatches } from '#shared/filter/compile-filter.ts'
import type { Filter } from '#shared/filter/filter-schema.ts'
import type { Values } from '#shared/model/value.ts'
import type { Definition } from './draft.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { type EventChoice, eventChoice, eventChoices, eventsOf, watchedFields } from './event-choice.ts'
import type { SourceField } from './fields.ts'
import { FilterEditor } from './filter-editor.tsx'
import { patchRow } from './mapping-edits.ts'
import { SourceSelect } from './source-select.tsx'
import { text } from './text.ts'
import { useCount } from './use-editor.ts'

export function RecordsTab() {
  const { definition, source, actions } = useEditor()
  const change = (filter: Filter | undefined): void =>
    actions.change({
      label: text.filter.title.toLowerCase(),
      key: 'filter',
      apply: (now) => patchRow<Definition>(now, { filter }),
    })
  return (
    <div className={classes.tab}>
      <Card title={text.filter.title} hint={text.filter.hint}>
        <div className={classes.part}>
          <FilterEditor filter={definition.filter} fields={source.paths} onChange={change} />
          <Counted />
        </div>
      </Card>
      <EventsCard />
    </div>
  )
}

/** Of the samples at once, of all records when asked. */
function Counted() {
  const { definition, source } = useEditor()
  const { filter, defaults } = definition
  const count = useCount(definition.id)
  const ofSamples = useMemo(
    () => sampleWords(filter, source.values, defaults.zone),
    [filter, source.values, defaults.zone],
  )
  return (
    <>
      <Group gap="sm">
        <span role="status">{ofSamples}</span>
        <Button size="sm" variant="default" loading={count.isPending} onClick={count.ask}>
          {text.filter.count}
        </Button>
        <span role="status" className={classes.quiet}>
          {count.data &&
            `${text.filter.counted(count.data.matchCount, count.data.readCount)} ${text.filter.countSaved}`}
        </span>
      </Group>
      {count.error && <ErrorNotice error={count.error.info} />}
    </>
  )
}

function sampleWords(filter: Filter | undefined, samples: readonly Values[], zone: string | undefined): string {
  if (samples.length === 0) return ''
  if (!filter) return text.filter.countedSamples(samples.length, samples.length)
  try {
    const compiled = compileFilter(filter, zone === undefined ? {} : { zone })
    const count = countMatches(compiled, samples, { now: new Date().toISOString() })
    return text.filter.countedSamples(count, samples.length)
  } catch (thrown) {
    return errorInfoOf(thrown).message
  }
}

function EventsCard() {
  const { definition, source, actions } = useEditor()
  const choice = eventChoice(definition.events)
  const watched = watchedFields(definition.events)
  const first = source.paths[0]?.path ?? 'field'
  const change = (next: EventChoice, fields: readonly string[]): void =>
    actions.change({
      label: text.events.title.toLowerCase(),
      apply: (now) => patchRow<Definition>(now, { events: eventsOf(next, fields.length > 0 ? fields : [first]) }),
    })
  return (
    <Card title={text.events.title} hint={text.events.hint}>
      <div className={classes.part}>
        <NativeSelect
          aria-label={text.events.title}
          value={choice}
          data={eventChoices.map((value) => ({ value, label: text.events.choices[value] }))}
          onChange={(event) =>
            change(eventChoices.find((one) => one === event.currentTarget.value) ?? 'always', watched)
          }
        />
        {watched.map((path, index) => (
          // The field is being chosen: it cannot be the identity of its own select.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <div key={index} className={classes.inline}>
            <SourceSelect
              label={`${text.events.field} ${index + 1}`}
              value={path}
              fields={source.paths}
              onChange={(next) =>
                change(
                  choice,
                  watched.map((old, at) => (at === index ? next : old)),
                )
              }
            />
            {watched.length > 1 && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() =>
                  change(
                    choice,
                    watched.filter((_, at) => at !== index),
                  )
                }
              >
                {text.items.remove}
              </Button>
            )}
          </div>
        ))}
        {watched.length > 0 && (
          <div>
            <Button
              size="sm"
              variant="default"
              onClick={() => change(choice, [...watched, nextOf(source.paths, watched)])}
            >
              {text.events.add}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}

function nextOf(fields: readonly SourceField[], taken: readonly string[]): string {
  return fields.find(({ path }) => !taken.includes(path))?.path ?? taken[0] ?? 'field'
}
