/** Every string of the frame around the screens. */
export const text = {
  name: 'Patchbay',
  skip: 'Skip to the content',
  menu: 'Menu',
  main: 'Main',
  nav: {
    home: 'Home',
    connections: 'Connections',
    integrations: 'Integrations',
    runs: 'Runs',
    attention: 'Needs attention',
    settings: 'Settings',
  },
  find: 'Search',
  findKey: 'Ctrl K',
  stays: 'Data and keys stay on this PC.',
  version: (version: string) => `Version ${version}`,
  lost: {
    title: 'Patchbay is not answering',
    words: 'It may be starting again. This window comes back by itself; nothing is lost.',
    comesBack: 'This window comes back by itself.',
  },
  loading: 'Opening Patchbay',
  needsLink: {
    title: 'This window needs a fresh link',
    words:
      'For your safety each link to Patchbay opens one window, once. This one was used already, or Patchbay was started again since.',
    kept: 'Nothing is lost: Patchbay, your data and running work are not touched by this.',
    how: 'Get a new link',
    steps: [
      'Go to where Patchbay was started.',
      'Start it again with',
      'Open the address it shows, or wait until the browser opens by itself.',
    ],
    command: 'npm start',
    or: 'or',
    otherCommand: 'patchbay serve',
  },
  notFound: {
    title: 'There is nothing here',
    words: 'The address does not belong to any screen.',
    button: 'Go to Home',
  },
  crash: {
    title: 'This screen stopped working',
    message: 'Something went wrong while drawing this screen.',
    kept: 'Your data and running work are not touched: they are not part of the window.',
    next: 'Open the screen again. If it happens again, copy the details and report them.',
    again: 'Open it again',
  },
} as const
