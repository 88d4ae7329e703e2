/** Every string of the home screen. */
export const text = {
  putBack: 'The database was put back to an earlier state',
  putBackWords:
    'What happened since is not known here any more. So nothing runs by itself: make a new plan for each integration, look at it, and approve it. Records with a key are recognised again.',
  title: 'Home',
  needs: 'Needs you',
  next: 'Next runs',
  noSchedules: 'Nothing runs by itself yet. Open an integration to set its schedule.',
  nothingNext: 'No schedule comes due again.',
  paused: 'Paused',
  notApproved: 'Not approved yet',
  allPaused: (since: string) => `All schedules are paused since ${since}`,
  allPausedWords: 'Nothing starts by itself. Runs you start by hand work as ever.',
  resumeAll: 'Go on',
  runs: 'Last runs',
  allRuns: 'All runs',
  noRuns: 'No run yet',
  noRunsWords: 'The first one starts when you approve a plan.',
  open: 'Open',
  welcome: 'Welcome to Patchbay',
  welcomeLead:
    'Patchbay keeps the programs your business uses in step. It shows every change before it is made, and everything stays on this PC.',
  sample: {
    title: 'Try with the sample business',
    words:
      'A made-up company with a customer list, a small CRM, books and an e-mail list, on this PC only. Plan, run and look around: nothing you do there reaches a real service.',
    unfinished: 'Finish the sample business',
    unfinishedWords: 'It was begun, but its key could not be stored yet. Start it once more; nothing is set up twice.',
    button: 'Start the sample business',
    busy: 'Starting the sample business',
  },
  connect: {
    title: 'Connect two programs',
    words:
      'Start with the first one: a spreadsheet, a database, or a service. Then the second, then what goes from one to the other.',
    button: 'Connect the first program',
  },
  file: {
    title: 'Open a definitions file',
    words: 'Somebody set up your connections and integrations for you? Open the file you were given.',
    button: 'Choose a file',
    busy: 'Opening the file',
  },
  steps: ['Connect your programs', 'See the plan', 'Approve, and it runs'],
  stepsLabel: 'How it works',
} as const
