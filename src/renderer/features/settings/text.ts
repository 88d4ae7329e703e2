/** Every string of the settings screen. */
export const text = {
  title: 'Settings',
  lead: 'Of this app on this PC.',
  look: {
    title: 'How it looks and is operated',
    scheme: 'Colours',
    schemes: { auto: 'Like the system', light: 'Light', dark: 'Dark' },
    singleKeys: 'Shortcuts of a single key',
    singleKeysHelp: 'Such as / to search. Switch them off if they get in the way, for example with speech input.',
    shortcuts: 'Show all shortcuts',
  },
  schedules: {
    title: 'Schedules',
    running: 'Integrations start at their due times.',
    paused: (since: string) => `All are paused since ${since}. Nothing starts by itself.`,
    pause: 'Pause all schedules',
    resume: 'Go on',
  },
  place: {
    title: 'Where everything is',
    version: 'Version',
    folder: 'Data folder',
    folderHelp: 'Definitions, runs and the journal. Everything is on this PC.',
    keys: 'Stored keys',
    keysBy: (names: string) => `Protected by: ${names}`,
    unlock: 'Unlock',
  },
  backup: {
    title: 'Backup',
    words:
      'A copy of everything except the stored keys, which stay in the vault of this PC. It can be made while runs go on.',
    button: 'Make a backup now',
    made: (path: string) => `Made: ${path}`,
  },
  check: {
    title: 'Check-up',
    words: 'Looks at the data, the vault, the disk and every connection. Nothing is changed.',
    button: 'Check everything',
    fine: 'Everything is in order.',
    troubles: (count: number) => (count === 1 ? 'One thing needs you.' : `${count} things need you.`),
    ok: 'Good',
    bad: 'Needs you',
  },
  file: {
    title: 'Definitions file',
    words: 'Connections and integrations as one file, without keys: to look at, to keep, or to open on another PC.',
    save: 'Save as a file',
    open: 'Open a file',
    opened: (count: number) =>
      count === 0
        ? 'Nothing in it is new.'
        : count === 1
          ? '1 definition was saved.'
          : `${count} definitions were saved.`,
  },
} as const
