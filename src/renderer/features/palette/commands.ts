/** Everything the palette reaches, and how it is found. Pure. */
import { text } from './text.ts'

export interface Command {
  readonly id: string
  readonly group: keyof typeof text.groups
  readonly label: string
  /** Where it leads, or what it does. */
  readonly to: string | (() => void)
}

export interface Known {
  readonly integrations: readonly { readonly id: string; readonly name: string }[]
  readonly connections: readonly { readonly id: string; readonly name: string }[]
  readonly setScheme: (scheme: 'auto' | 'light' | 'dark') => void
  readonly showShortcuts: () => void
  readonly savePage: () => void
}

export function allCommands({
  integrations,
  connections,
  setScheme,
  showShortcuts,
  savePage,
}: Known): readonly Command[] {
  const { screens, actions } = text
  const screen = (id: keyof typeof screens, to: string): Command => ({ id, group: 'screens', label: screens[id], to })
  const action = (id: keyof typeof actions, to: Command['to']): Command => ({
    id,
    group: 'actions',
    label: actions[id],
    to,
  })
  return [
    screen('home', '/'),
    screen('connections', '/connections'),
    screen('integrations', '/integrations'),
    screen('runs', '/runs'),
    screen('attention', '/attention'),
    screen('settings', '/settings'),
    action('newIntegration', '/add/integration'),
    action('newConnection', '/add/connection'),
    action('savePage', savePage),
    action('shortcuts', showShortcuts),
    action('dark', () => setScheme('dark')),
    action('light', () => setScheme('light')),
    action('system', () => setScheme('auto')),
    ...integrations.flatMap(({ id, name }): readonly Command[] => [
      { id: `integration-${id}`, group: 'integrations', label: name, to: `/integrations/${id}` },
      { id: `edit-${id}`, group: 'integrations', label: text.edit(name), to: `/integrations/${id}/edit` },
    ]),
    ...connections.map(
      ({ id, name }): Command => ({
        id: `connection-${id}`,
        group: 'connections',
        label: name,
        to: `/connections/${id}`,
      }),
    ),
  ]
}

/** Commands with every word that was typed in their label, those that begin with it first. */
export function findCommands(commands: readonly Command[], typed: string): readonly Command[] {
  const words = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
  const fitting = commands.filter(({ label }) => words.every((word) => plain(label).includes(word)))
  const first = words[0] ?? ''
  const begins = ({ label }: Command): boolean => first !== '' && plain(label).startsWith(first)
  return [...fitting.filter(begins), ...fitting.filter((command) => !begins(command))]
}

function plain(words: string): string {
  return words.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
