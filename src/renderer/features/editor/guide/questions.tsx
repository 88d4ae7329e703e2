/** The questions, one below the other; the next one shows when the one before is answered. */
import { Button, Group, NativeSelect, Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { Card } from '#renderer/ui/card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { freeId } from '#renderer/ui/free-id.ts'
import type { Definition } from '../draft.ts'
import classes from '../editor.module.css'
import type { SourceField } from '../fields.ts'
import {
  type ConnectionView,
  type ObjectView,
  useCreate,
  useIntegrationIds,
  useObject,
  useSide,
} from '../use-editor.ts'
import { EndQuestion } from './end-question.tsx'
import {
  definitionOf,
  type End,
  existingPolicies,
  type GuideAnswers,
  keyFields,
  noAnswers,
  suggestKey,
} from './guide-answers.ts'
import { asLeg, type NewLeg, useJoinSet } from './new-leg.ts'
import { text } from './text.ts'

export interface QuestionsProps {
  readonly connections: readonly ConnectionView[]
  /** It becomes a further leg beside an integration that is there. */
  readonly leg?: NewLeg
}

export function Questions({ connections, leg }: QuestionsProps) {
  const [answers, setAnswers] = useState<GuideAnswers>(
    leg ? { ...noAnswers, [leg.sharedEnd]: leg.beside[leg.sharedEnd] } : noAnswers,
  )
  const { source, destination } = answers
  const set = (patch: Partial<GuideAnswers>): void => setAnswers({ ...answers, ...patch })
  return (
    <div className={classes.tab}>
      {leg?.sharedEnd !== 'source' && (
        <EndQuestion
          title={text.source}
          end={source}
          connections={connections}
          isDestination={false}
          onChange={(end) => set({ source: end, key: undefined })}
        />
      )}
      {source && source.object !== '' && leg?.sharedEnd !== 'destination' && (
        <EndQuestion
          title={text.destination}
          end={destination}
          connections={connections}
          isDestination
          onChange={(end) => set({ destination: end, key: undefined })}
        />
      )}
      {source && source.object !== '' && destination && destination.object !== '' && (
        <Rest answers={answers} ends={{ source, destination }} connections={connections} leg={leg} onChange={set} />
      )}
    </div>
  )
}

interface RestProps {
  readonly answers: GuideAnswers
  readonly ends: { readonly source: End; readonly destination: End }
  readonly connections: readonly ConnectionView[]
  readonly leg: NewLeg | undefined
  readonly onChange: (patch: Partial<GuideAnswers>) => void
}

/** Both ends are known: the rest has answers to begin with, which a person only checks. */
function Rest({ answers, ends, connections, leg, onChange }: RestProps) {
  const [, navigate] = useLocation()
  const source = useSide(ends.source)
  const destination = useObject(ends.destination)
  const ids = useIntegrationIds()
  const create = useCreate()
  const set = useJoinSet()
  const target = destination.object
  if (!target) return null
  const nameOf = (end: End): string => connections.find(({ id }) => id === end.connection)?.name ?? end.connection
  const suggestion = answers.isBothWays ? text.name.both : text.name.suggestion
  const full: GuideAnswers = {
    ...answers,
    key: answers.key ?? suggestKey(target, source.paths),
    name: answers.name ?? suggestion(nameOf(ends.source), nameOf(ends.destination)),
  }
  const id = freeId(full.name ?? '', ids)
  const facts = { id, fields: target.fields, sources: source.paths, sourceFields: source.fields }
  const plain = definitionOf(full, facts)
  const definition = plain && leg ? asLeg(plain, leg) : plain
  const save = (made: Definition): void => create.create(made, () => navigate(`/integrations/${id}/edit`))
  const canComeBack = !leg && Object.keys(source.object?.writes ?? {}).length > 0
  return (
    <>
      {source.error && <ErrorNotice error={source.error.info} onRetry={source.retry} />}
      {canComeBack && <WayQuestion answers={full} onChange={onChange} />}
      <MatchQuestion answers={full} target={target} sources={source.paths} onChange={onChange} />
      {full.isMatched && !full.isBothWays && <ExistingQuestion answers={full} onChange={onChange} />}
      <Card title={text.name.title}>
        <TextInput
          aria-label={text.name.label}
          value={full.name}
          maxLength={120}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      </Card>
      {create.error && <ErrorNotice error={create.error.info} />}
      {set.error && <ErrorNotice error={set.error.info} />}
      <Group>
        <Button
          size="md"
          disabled={!definition}
          loading={create.isPending || set.isPending}
          onClick={() => {
            if (!definition) return
            if (leg) set.join(leg, () => save(definition))
            else save(definition)
          }}
        >
          {text.create}
        </Button>
        {definition && <span className={classes.quiet}>{text.filled(definition.mapping.length)}</span>}
        {!definition && full.isBothWays && <span className={classes.quiet}>{text.way.noneBack}</span>}
      </Group>
    </>
  )
}

interface MatchQuestionProps {
  readonly answers: GuideAnswers
  readonly target: ObjectView
  readonly sources: readonly SourceField[]
  readonly onChange: (patch: Partial<GuideAnswers>) => void
}

function MatchQuestion({ answers, target, sources, onChange }: MatchQuestionProps) {
  const { key, isMatched } = answers
  const never = ''
  return (
    <Card title={text.match.title} hint={text.match.hint}>
      <div className={classes.inline}>
        <NativeSelect
          label={text.match.to}
          value={isMatched ? (key?.to ?? never) : never}
          data={[
            ...keyFields(target).map(({ name, label }) => ({ value: name, label: label ?? name })),
            { value: never, label: text.match.never },
          ]}
          onChange={(event) => {
            const to = event.currentTarget.value
            if (to === never) onChange({ isMatched: false })
            else onChange({ isMatched: true, key: { to, from: key?.from ?? sources[0]?.path ?? '' } })
          }}
        />
        {key && (
          <NativeSelect
            label={text.match.from}
            value={key.from}
            data={sources.map(({ path, label }) => ({
              value: path,
              label: label === path ? path : `${label} (${path})`,
            }))}
            onChange={(event) => onChange({ key: { ...key, from: event.currentTarget.value } })}
          />
        )}
      </div>
    </Card>
  )
}

function WayQuestion({ answers, onChange }: Pick<MatchQuestionProps, 'answers' | 'onChange'>) {
  return (
    <Card title={text.way.title}>
      <Radio.Group
        aria-label={text.way.title}
        value={answers.isBothWays ? 'both' : 'one'}
        onChange={(value) => onChange({ isBothWays: value === 'both' })}
      >
        <Stack gap="xs">
          <Radio value="one" label={text.way.one} />
          <Radio value="both" label={text.way.both} />
        </Stack>
      </Radio.Group>
    </Card>
  )
}

function ExistingQuestion({ answers, onChange }: Pick<MatchQuestionProps, 'answers' | 'onChange'>) {
  return (
    <Card title={text.existing.title}>
      <Radio.Group
        aria-label={text.existing.title}
        value={answers.existing}
        onChange={(value) => onChange({ existing: existingPolicies.find((one) => one === value) ?? 'update' })}
      >
        <Stack gap="xs">
          {existingPolicies.map((value) => (
            <Radio key={value} value={value} label={text.existing.choices[value]} />
          ))}
        </Stack>
      </Radio.Group>
    </Card>
  )
}
