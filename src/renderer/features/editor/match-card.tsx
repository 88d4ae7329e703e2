/** By which fields an existing record is recognised. */
import { Button, Group } from '@mantine/core'
import { Card } from '#renderer/ui/card.tsx'
import { AddChoice } from './add-choice.tsx'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { moved } from './mapping-edits.ts'
import { text } from './text.ts'

/** The keys, in order; each must be filled by the mapping, or nothing can be recognised by it. */
export function MatchCard() {
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
