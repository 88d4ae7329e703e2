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
  history: {
    title: 'History',
    words:
      'For every run: what each record was before, what it became, and why. Old records are removed by themselves; the runs and their numbers stay, and so does everything that keeps your systems in step.',
    size: 'On this disk',
    sizes: (database: string, history: string) => `The database takes ${database}, about ${history} of it history.`,
    free: (free: string) => `${free} of it is free for what comes.`,
    since: 'Goes back to',
    none: 'There is no history yet.',
    historyDays: 'Keep records for (days)',
    historyHelp: 'Then they are removed, oldest first.',
    undoDays: 'A run can be undone for (days)',
    undoHelp: 'Records this young are never removed.',
    maxGb: 'History may take at most (GB)',
    maxHelp: 'Above that, the oldest records go first.',
    save: 'Save',
    saved: 'Saved. What is too old now is removed within a day.',
    overTitle: 'History takes more than it may',
    over: (days: number) =>
      `It is kept all the same: what is in it can still be undone (${days} days), or is of the latest run of an integration. Let it take more, or let runs be undone for fewer days.`,
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
