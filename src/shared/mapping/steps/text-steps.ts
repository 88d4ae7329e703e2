/** Steps that change text. Empty text stays empty text in all of them. */
import { mappingError } from '../mapping-error.ts'
import { decimalText } from '../parse/decimal-text.ts'
import { compilePattern, compileReplacement, replaceAll, splitBy } from '../parse/pattern.ts'
import { nameCase, titleCase } from '../parse/person-name.ts'
import { cleanText, collapseSpaces, graphemesOf, isPlainText, plainTextOf, trimText } from '../parse/text.ts'
import { reportIssue } from '../report-issue.ts'
import type { StepOptions } from '../schema/step-schema.ts'
import type { textStepShapes } from '../schema/text-steps.ts'
import { isList } from '../shape.ts'
import type { Compiling, StepDefinitions, StepFunction } from '../step-types.ts'
import { readAmount } from './number-values.ts'
import { onText } from './text-values.ts'

const caseWords = {
  upper: 'Writes it in capitals',
  lower: 'Writes it in small letters',
  title: 'Writes each word with a capital',
  name: 'Writes it with the capitals of a name',
}
const caseChanges = {
  upper: (text: string) => text.toUpperCase(),
  lower: (text: string) => text.toLowerCase(),
  title: titleCase,
  name: nameCase,
}

export const textSteps: StepDefinitions<keyof typeof textStepShapes> = {
  trim: { explain: () => 'Removes spaces at both ends', compile: () => onText(trimText) },
  'collapse-spaces': { explain: () => 'Turns runs of spaces into one', compile: () => onText(collapseSpaces) },
  'clean-text': { explain: () => 'Removes invisible characters', compile: () => onText(cleanText) },
  case: { explain: (to) => caseWords[to], compile: (to) => onText(caseChanges[to]) },
  replace: {
    explain: (options) => `Replaces ${target(options.text, options.pattern)} with “${options.with}”`,
    compile: compileReplace,
  },
  extract: {
    explain: (options) => `Takes the part that the pattern ${options.pattern} finds`,
    compile: compileExtract,
  },
  split: {
    explain: (options) =>
      `Cuts it at ${target(options.on, options.pattern)}${options.take === undefined ? '' : ` and takes part ${options.take}`}`,
    compile: compileSplit,
  },
  join: {
    explain: (options) => (options.with === '' ? 'Joins the parts' : `Joins the parts with “${options.with}”`),
    compile: compileJoin,
  },
  substring: {
    explain: ({ start = 1, length }) =>
      `Takes ${length === undefined ? 'everything' : `at most ${length} characters`} from character ${start} on`,
    compile: ({ start = 1, length }) => onText((text) => substring(text, start, length)),
  },
  pad: {
    explain: ({ length, with: filler = ' ', side = 'start' }) =>
      `Fills it to ${length} characters with “${filler}” at the ${side}`,
    compile: compilePad,
  },
  'to-text': { explain: () => 'Writes it as text', compile: compileToText },
}

function target(text: string | undefined, pattern: string | undefined): string {
  return text === undefined ? `what the pattern ${pattern ?? ''} finds` : `“${text}”`
}

function compileReplace(options: StepOptions['replace'], { place }: Compiling): StepFunction {
  if (options.text !== undefined && !options.ignoreCase) {
    const { text: searched, with: replacement } = options
    return onText((text) => (text.includes(searched) ? text.split(searched).join(replacement) : text))
  }
  const isPattern = options.pattern !== undefined
  const source = options.pattern ?? escaped(options.text ?? '')
  const pattern = compilePattern({
    pattern: source,
    ignoreCase: options.ignoreCase,
    place: `${place}.${isPattern ? 'pattern' : 'text'}`,
  })
  const literal = options.with
  const replacement = isPattern ? compileReplacement(literal, pattern.groupCount(), `${place}.with`) : () => literal
  return onText((text) => replaceAll(pattern, text, replacement))
}

/** An amount gives its decimal text without the currency. */
function compileToText(): StepFunction {
  const plain = onText((text) => text)
  return (value, evaluation) => {
    const amount = readAmount(value)
    return amount ? decimalText(amount.digits, amount.decimals) : plain(value, evaluation)
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function compileExtract(options: StepOptions['extract'], { place }: Compiling): StepFunction {
  const pattern = compilePattern({ ...options, place: `${place}.pattern` })
  const group = options.group ?? (pattern.groupCount() > 0 ? 1 : 0)
  if (group > pattern.groupCount()) throw mappingError(`${place}.group`, `the pattern has no group ${group}`)
  return onText((text, evaluation) => {
    if (text === '') return text
    const matcher = pattern.matcher(text)
    const found = matcher.find() ? matcher.group(group) : null
    if (found !== null) return found
    if (options.otherwise === 'keep') return text
    if (options.otherwise === 'empty') return null
    return reportIssue(evaluation, {
      code: 'nothing-found',
      value: text,
      problem: `has nothing that the pattern ${options.pattern} finds`,
      next: 'Correct the value, or say under otherwise what to do then.',
    })
  })
}

function compileSplit(options: StepOptions['split'], { place }: Compiling): StepFunction {
  const { on, take } = options
  const pattern =
    options.pattern === undefined ? undefined : compilePattern({ pattern: options.pattern, place: `${place}.pattern` })
  const parts = (text: string): string[] => (pattern ? splitBy(pattern, text) : text.split(on ?? ''))
  return onText((text) => {
    if (take === undefined) return text === '' ? [] : parts(text)
    return text === '' ? '' : (parts(text).at(take > 0 ? take - 1 : take) ?? null)
  })
}

function compileJoin(options: StepOptions['join']): StepFunction {
  return (value, evaluation) => {
    const parts = isList(value) ? value : [value]
    const texts: string[] = []
    for (const part of parts) {
      const text = part === undefined || part === null ? '' : plainTextOf(part)
      if (text === undefined) return joinIssue(evaluation, value)
      if (text !== '' || options.keepEmpty) texts.push(text)
    }
    return texts.join(options.with)
  }
}

function joinIssue(
  evaluation: Parameters<typeof reportIssue>[0],
  value: Parameters<StepFunction>[0],
): ReturnType<typeof reportIssue> {
  return reportIssue(evaluation, {
    code: 'not-text',
    value,
    problem: 'has a part that is not text and cannot be joined',
    next: 'Take the wanted field of each part first (each, field).',
  })
}

function substring(text: string, start: number, length: number | undefined): string {
  if (isPlainText(text)) {
    const from = start > 0 ? start - 1 : Math.max(0, text.length + start)
    return length === undefined ? text.slice(from) : text.slice(from, from + length)
  }
  const characters = graphemesOf(text)
  const from = start > 0 ? start - 1 : Math.max(0, characters.length + start)
  return characters.slice(from, length === undefined ? undefined : from + length).join('')
}

function compilePad({ length, with: filler = ' ', side = 'start' }: StepOptions['pad']): StepFunction {
  const fillers = graphemesOf(filler)
  return onText((text) => {
    if (text === '') return text
    const missing = length - (isPlainText(text) ? text.length : graphemesOf(text).length)
    if (missing <= 0) return text
    const filling = Array.from({ length: missing }, (_, index) => fillers[index % fillers.length] ?? '').join('')
    return side === 'start' ? filling + text : text + filling
  })
}
