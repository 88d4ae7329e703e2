/** The steps in groups a person thinks in, and what a new one starts with. Pure. */

import { settingLabel } from '#renderer/ui/schema-form/labels.ts'
import { startValue } from '#renderer/ui/schema-form/schema.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { Step } from '#shared/mapping/schema/step-schema.ts'

export type StepKind = Output<'mapping.steps'>['steps'][number]

const groups: readonly { readonly group: string; readonly names: readonly string[] }[] = [
  {
    group: 'Text',
    names: [
      'trim',
      'collapse-spaces',
      'clean-text',
      'case',
      'replace',
      'extract',
      'split',
      'join',
      'substring',
      'pad',
      'to-text',
    ],
  },
  { group: 'Values', names: ['map-values', 'yes-no', 'look-up', 'constant', 'fallback'] },
  { group: 'Contacts', names: ['normalize-email', 'phone', 'country', 'region'] },
  { group: 'Dates', names: ['date', 'date-time', 'format-date', 'format-date-time', 'add-time'] },
  {
    group: 'Numbers and money',
    names: ['to-number', 'to-decimal', 'money', 'round', 'multiply', 'sum', 'count', 'calculate'],
  },
  { group: 'Other records', names: ['link', 'look-up-record'] },
]
const others = 'Lists and more'

export function stepGroups(
  kinds: readonly StepKind[],
): readonly { readonly group: string; readonly steps: readonly StepKind[] }[] {
  const known = groups.map(({ group, names }) => ({
    group,
    steps: names.flatMap((name) => kinds.find((kind) => kind.name === name) ?? []),
  }))
  const rest = kinds.filter(({ name }) => !groups.some(({ names }) => names.includes(name)))
  return [...known, { group: others, steps: rest }].filter(({ steps }) => steps.length > 0)
}

/** Text the new step cannot do without, so that it can be shown at once. */
const starts: Readonly<Record<string, unknown>> = {
  case: 'name',
  replace: { text: ' ', with: '' },
  extract: { pattern: '\\d+' },
  split: { on: ',', take: 1 },
  join: { with: ' ' },
  substring: { length: 10 },
  pad: { length: 5, with: '0' },
  'map-values': { values: {} },
  round: { places: 2, mode: 'half-up' },
  multiply: { by: -1 },
  calculate: 'value',
}

/** A new step: its bare name where it needs nothing, otherwise with the least it needs. */
export function newStep({ name, isBare, options }: StepKind): Step {
  // Names and options come from the same schema that reads the definition; what is missing is marked at its place.
  if (isBare) return name as Step
  return { [name]: starts[name] ?? startValue(options, options) } as Step
}

export function stepName(name: string): string {
  return settingLabel(name)
}

export function nameOf(step: Step): string {
  return typeof step === 'string'
    ? step
    : (Object.entries(step).find(([, options]) => options !== undefined)?.[0] ?? '')
}

export function optionsOf(step: Step): unknown {
  if (typeof step === 'string') return {}
  return Object.values(step).find((options) => options !== undefined)
}
