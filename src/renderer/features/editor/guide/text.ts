/** Every string of the guided creation. */
export const text = {
  title: 'New integration',
  lead: 'A few questions. Everything can be changed later, and nothing is written before you have seen and approved a plan.',
  integrations: 'Integrations',
  none: 'Connect two programs first',
  noneWords: 'An integration goes from one connection to another. There is none yet.',
  noneButton: 'Add a connection',
  choose: 'Choose …',
  connection: 'Connection',
  object: 'What',
  source: 'Where do the records come from?',
  destination: 'Where should they go?',
  notWritable: 'Nothing can be written to this connection. Choose another one.',
  noObjects: 'This connection has nothing to read.',
  openConnection: 'Open the connection',
  reading: 'Asking what is there',
  leg: {
    titles: { 'fan-out': 'One more destination', aggregation: 'One more source' },
    lead: (name: string) =>
      `It stands beside “${name}”: an integration of its own, with its own plan and its own runs. What fails here does not hold up the other.`,
  },
  way: {
    title: 'Which way do changes go?',
    one: 'One way: what is changed at the destination stays there',
    both: 'Both ways: a change on either side goes to the other',
    noneBack: 'No field leads back: choose a field that both sides can write.',
  },
  match: {
    title: 'How do we recognise a record that is there already?',
    hint: 'By something that is different for every record, such as an e-mail address or a number.',
    to: 'Field at the destination',
    from: 'Filled from',
    never: 'We do not: every record is new',
  },
  existing: {
    title: 'What happens to a record that is there already?',
    choices: {
      update: 'It is updated',
      'link-only': 'It is recognised, and left as it is',
      skip: 'It is left alone',
    },
  },
  name: {
    title: 'What do you want to call it?',
    label: 'Name',
    suggestion: (source: string, destination: string) => `${source} into ${destination}`,
    both: (source: string, destination: string) => `${source} and ${destination}`,
  },
  create: 'Create it and look at the fields',
  filled: (count: number) =>
    count === 1
      ? 'One field will be filled already; you can fill more on the next page.'
      : `${count} fields will be filled already; you can check and fill more on the next page.`,
} as const
