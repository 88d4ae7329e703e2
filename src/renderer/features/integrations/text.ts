/** Every string of the integration screens. */
export const text = {
  title: 'Integrations',
  lead: 'What is kept in step with what, and under which rules.',
  empty: 'No integration yet',
  emptyWords:
    'An integration says which records go from one connection to another, and how. Make one between two of your programs, or start the sample business on Home.',
  object: (object: string, connection: string) => `${object} in ${connection}`,
  route: (source: string, destination: string) => `${source} → ${destination}`,
  bothWays: (source: string, destination: string) => `${source} ↔ ${destination}`,
  never: 'It has not run yet.',
  last: (sentence: string) => `Last run: ${sentence}`,
  detail: {
    next: 'Next step',
    rules: 'What it does',
    rulesHint: (version: number, saved: string) => `Version ${version}, saved ${saved}`,
    source: 'Reads from',
    destination: 'Writes to',
    plans: 'Plans',
    plansHint: 'A plan lists every write before it is made.',
    runs: 'Runs',
    planOf: (when: string) => `Plan of ${when}`,
  },
  schedule: {
    title: 'Schedule',
    none: 'It runs only when you start it.',
    set: 'Set a schedule',
    change: 'Change',
    pause: 'Pause',
    resume: 'Go on',
    next: (when: string) => `Next: ${when}`,
    noNext: 'It will not come due again.',
    paused: (since: string, isAll: boolean) =>
      `${isAll ? 'All schedules are paused' : 'Paused'} since ${since}: it starts nothing by itself. You can still run it by hand.`,
    last: (when: string, sentence: string) => `Last due ${when}: ${sentence}`,
  },
  edit: 'Edit',
  create: 'New integration',
  remove: {
    button: 'Remove',
    title: (name: string) => `Remove ${name}?`,
    words: 'It will not run any more. What it wrote stays where it is.',
    stays: 'Its past runs stay in the list. Its versions stay stored; a definitions file you saved brings it back.',
    yes: 'Remove it',
    no: 'Keep it',
  },
  versions: {
    title: 'Versions',
    hint: 'Every save is kept.',
    line: (version: number, saved: string) => `Version ${version}, saved ${saved}`,
    current: '(now)',
    bringBack: 'Bring back',
    ask: (version: number) => `Bring back version ${version}?`,
    words:
      'It is saved as the newest version; the others stay. If it does something else than what you approved last, it needs a new plan before it runs.',
    no: 'Leave it',
  },
  steps: {
    first: {
      title: 'See what it would do',
      words: 'Make a plan: Patchbay reads both sides and lists every change. Nothing is written until you approve it.',
      button: 'Make the first plan',
    },
    making: {
      title: 'A plan is being made',
      words: 'Patchbay reads both sides. Nothing is written.',
      button: 'Watch it',
    },
    approve: { title: 'A plan waits for your approval', button: 'Look at the plan' },
    changed: {
      title: 'The rules were changed since the last approval',
      words: 'Make a plan to see what the new rules would do.',
      button: 'Make a plan',
    },
    run: {
      title: 'Ready to run',
      words:
        'It was approved before, so it may run. Make a plan first if you want to see the changes before they are made.',
      button: 'Run now',
      second: 'Make a plan first',
    },
    goOn: {
      title: 'The last run was interrupted',
      words: 'It goes on where it stopped; nothing is written twice.',
      button: 'Go on',
      second: 'Look at the run',
    },
    running: {
      title: 'It is running now',
      words: 'The counts on the run grow as records are written.',
      button: 'Watch the run',
    },
  },
} as const
