/** Every string of the shared parts of the window. */
export const text = {
  nothing: 'empty',
  becomes: 'becomes',
  subtle: 'only spaces, capital letters or the way it is kept differ',
  showFields: (count: number) => (count === 1 ? 'Show its 1 field' : `Show its ${count} fields`),
  hideFields: 'Hide the fields',
  error: {
    kept: 'What is safe',
    next: 'What to do',
    details: 'Details',
    copy: 'Copy the details',
    copied: 'Copied',
    again: 'Try again',
  },
  loading: 'Loading',
  environment: { practice: 'Practice', sandbox: 'Sandbox', production: 'Production' },
  crumbs: 'Where you are',
} as const
