/** What holds for the whole integration: name, how records are recognised, what happens to known ones, defaults. */
import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { Card } from '#renderer/ui/card.tsx'
import { AddChoice } from './add-choice.tsx'
import type { Definition } from './draft.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { moved } from './mapping-edits.ts'
import { text } from './text.ts'

const policies = ['update', 'link-only', 'skip'] as const

export function RulesTab() {
  const { definition, actions } = useEditor()
  const { country, zone } = definition.defaults
  const set = (label: string, key: string | undefined, apply: (now: Definition) => Definition): void =>
    actions.change({ label: label.toLowerCase(), ...(key === undefined ? {} : { key }), apply })
  const setDefault = (name: 'country' | 'zone', value: string): void =>
    set(text.rules[name], name, (now) => {
      const { [name]: _old, ...others } = now.defaults
      return { ...now, defaults: value === '' ? others : { ...others, [name]: value } }
    })
  return (
    <div className={classes.tab}>
      <Card title={text.rules.about}>
        <TextInput
          label={text.rules.name}
          value={definition.name}
          maxLength={120}
          error={definition.name.trim() === '' ? text.rules.nameMissing : null}
          onChange={(event) => {
            const name = event.currentTarget.value
            set(text.rules.name, 'name', (now) => ({ ...now, name }))
          }}
        />
      </Card>
      <MatchCard />
      <Card title={text.rules.existing} hint={text.rules.existingHint}>
        <NativeSelect
          aria-label={text.rules.existing}
          value={definition.policies.existing}
          data={policies.map((value) => ({ value, label: text.rules.existings[value] }))}
          onChange={(event) => {
            const existing = policies.find((one) => one === event.currentTarget.value) ?? 'update'
            set(text.rules.existing, undefined, (now) => ({ ...now, policies: { ...now.policies, existing } }))
          }}
        />
      </Card>
      <Card title={text.rules.defaults}>
        <div className={classes.part}>
          <TextInput
            label={text.rules.country}
            value={country ?? ''}
            maxLength={2}
            error={country === undefined || /^[A-Z]{2}$/.test(country) ? null : text.rules.countryWrong}
            onChange={(event) => setDefault('country', event.currentTarget.value.toUpperCase())}
          />
          <TextInput
            label={text.rules.zone}
            value={zone ?? ''}
            error={zone === undefined || isZone(zone) ? null : text.rules.zoneWrong}
            onChange={(event) => setDefault('zone', event.currentTarget.value)}
          />
        </div>
      </Card>
    </div>
  )
}

/** The keys, in order; each must be filled by the mapping, or nothing can be recognised by it. */
function MatchCard() {
  const { definition, destination, actions } = useEditor()
  const { match, mapping } = definition
  const fields = destination.object?.fields ?? []
  const labelOf = (name: string): string => fields.find((field) => field.name === name)?.label ?? name
  const isMapped = (name: string): boolean => mapping.some(({ to }) => to === name)
  const free = mapping.filter(({ to, items, object }) => !match.includes(to) && !items && !object)
  const change = (next: readonly string[]): void =>
    actions.change({ label: text.rules.match.toLowerCase(), apply: (now) => ({ ...now, match: [...next] }) })
  return (
    <Card title={text.rules.match} hint={text.rules.matchHint}>
      <div className={classes.part}>
        {match.length > 0 && (
          <ol className={classes.keys}>
            {match.map((name, index) => (
              <li key={name} className={classes.stepHead}>
                <span>
                  <strong>{labelOf(name)}</strong>
                  {!isMapped(name) && <span className={classes.issue}> {text.rules.unmapped}</span>}
                </span>
                <Group gap={4}>
                  <Button
                    size="compact-sm"
                    variant="default"
                    disabled={index === 0}
                    aria-label={`${text.row.up}: ${labelOf(name)}`}
                    onClick={() => change(moved(match, index, -1))}
                  >
                    {text.row.up}
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`${text.row.removeStep}: ${labelOf(name)}`}
                    onClick={() => change(match.filter((one) => one !== name))}
                  >
                    {text.row.removeStep}
                  </Button>
                </Group>
              </li>
            ))}
          </ol>
        )}
        {free.length > 0 && (
          <AddChoice
            label={text.rules.addKey}
            data={free.map(({ to }) => ({ value: to, label: labelOf(to) }))}
            onAdd={(to) => change([...match, to])}
          />
        )}
      </div>
    </Card>
  )
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    // The platform does not know it, and neither will the run.
    return false
  }
}
