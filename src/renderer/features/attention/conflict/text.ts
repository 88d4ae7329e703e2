/** Every string of a conflict that is decided field by field. */
export interface ServiceNames {
  readonly source: string
  readonly destination: string
}

export const text = {
  result: 'Result',
  resultOf: (field: string) => `Result for ${field}`,
  keys: ({ source, destination }: ServiceNames) =>
    `With the keyboard: ← takes ${source}, → takes ${destination}, Tab leads on, Enter saves and goes to the next conflict.`,
  agreed: 'Both last had',
  agreedAt: (when: string) => `Both last had (${when})`,
  neverAgreed: 'Both are met for the first time, so there is no earlier value.',
  nothing: 'nothing',
  changed: 'changed',
  choose: 'Take one of the two sides.',
  chooseOrType: 'Take one of the two sides, or write your own.',
  ownGoes: 'Your own value goes to both.',
  takeAll: (service: string) => `Take all of ${service}`,
  save: 'Save and go to the next',
  incomplete: (open: number) => (open === 1 ? 'One field is still open.' : `${open} fields are still open.`),
  others: (count: number) => (count === 1 ? 'One other field of this record' : `${count} other fields of this record`),
  field: 'Field',
  decided: 'You decided; the next run writes it:',
  from: (service: string) => `from ${service}`,
  own: 'your own value',
} as const
