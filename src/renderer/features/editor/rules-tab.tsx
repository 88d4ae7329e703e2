/** What holds for the whole integration: name, how records are recognised, what happens to known ones, defaults. */
import { NativeSelect, TextInput } from '@mantine/core'
import { Card } from '#renderer/ui/card.tsx'
import { ConflictCard } from './conflict-card.tsx'
import type { Definition } from './draft.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { GoneCard } from './gone-card.tsx'
import { MatchCard } from './match-card.tsx'
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
      {definition.pattern === 'two-way' && <ConflictCard />}
      {definition.pattern === 'one-way' && (
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
      )}
      {definition.pattern === 'one-way' && <GoneCard />}
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

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    // The platform does not know it, and neither will the run.
    return false
  }
}
