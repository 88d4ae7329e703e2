/** Every string of a conflict that is decided field by field, and of the rule that is made of it. */
import type { RulePolicy } from '#shared/model/conflict-policy.ts'

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
  rule: {
    open: (field: string) => `Always decide ${field} like this …`,
    title: (field: string) => `A rule for ${field}`,
    policy: 'Where both sides changed it',
    policies: ({ source, destination }: ServiceNames): Readonly<Record<RulePolicy, string>> => ({
      source: `${source} counts`,
      destination: `${destination} counts`,
      newest: 'the newer change counts; it waits where that cannot be told',
      'prefer-nonempty': 'the side that is filled counts; it waits where both are',
      union: 'lists keep what either side has',
      max: 'the larger or later one counts',
      min: 'the smaller or earlier one counts',
    }),
    looking: 'Looking at what waits …',
    counts: (decided: number, waiting: number) => {
      if (waiting === 0) return 'No conflict about this waits now.'
      if (waiting === 1)
        return decided === 1
          ? 'It decides the one conflict about this that waits now.'
          : 'It does not decide the one conflict about this that waits now.'
      return `It decides ${decided} of the ${waiting} conflicts about this that wait now.`
    },
    future: 'Later ones are decided in the same way, without asking you.',
    byPerson: (count: number) =>
      count === 1 ? 'One that you decided already stays as you decided.' : `${count} that you decided already stay so.`,
    unknown: (count: number) =>
      `${count === 1 ? 'One conflict was' : `${count} conflicts were`} found by an earlier version; the plan will show what becomes of ${count === 1 ? 'it' : 'them'}.`,
    more: (count: number) => `and ${count} more`,
    after: 'Then',
    waits: 'goes on waiting',
    preview: 'What the rule makes of each',
    approval: (name: string) =>
      `A rule changes what “${name}” does. Once it is saved, it does not run, not on its schedule either, until you have looked at a new plan and approved it.`,
    cancel: 'Do not make a rule',
    save: 'Save the rule',
    saved: 'The rule is saved',
    savedWords: (name: string) =>
      `“${name}” stands still until a new plan is approved. The plan shows all it would write; nothing is written before you approve it.`,
    later: 'Later',
    plan: 'Make the plan',
  },
} as const
