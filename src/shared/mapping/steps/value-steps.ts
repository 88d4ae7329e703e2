/** Steps that translate values and take lists and objects apart. */
import { stableStringify } from '../../json.ts'
import type { Value } from '../../model/value.ts'
import { noWords, yesWords } from '../data/yes-no-words.ts'
import { cutReach, isEmpty, readPath } from '../field-path.ts'
import { mappingError } from '../mapping-error.ts'
import { plainTextOf, trimText } from '../parse/text.ts'
import { reportIssue, shown } from '../report-issue.ts'
import type { FallbackSource, Step, StepOptions } from '../schema/step-schema.ts'
import { isList, isRecord } from '../shape.ts'
import {
  type Compiling,
  type Evaluation,
  type Flowing,
  type Reader,
  type StepDefinitions,
  type StepFunction,
  type StepResult,
  stopped,
} from '../step-types.ts'
import { isBlank } from './number-values.ts'

type Names = 'map-values' | 'yes-no' | 'look-up' | 'constant' | 'item' | 'field' | 'unique' | 'each' | 'fallback'
type Otherwise = StepOptions['map-values']['otherwise']

export const valueSteps: StepDefinitions<Names> = {
  'map-values': {
    explain: ({ values, otherwise }) =>
      `Translates ${Object.keys(values).length} values one by one${otherwiseWords(otherwise)}`,
    compile: compileMapValues,
  },
  'yes-no': { explain: () => 'Reads it as yes or no', compile: compileYesNo },
  'look-up': {
    explain: ({ table, by, take, otherwise }) =>
      `Looks it up as ${by} in a table of ${table.length} rows and takes ${take}${otherwiseWords(otherwise)}`,
    compile: compileLookUp,
  },
  constant: { explain: (value) => `Gives ${shown(value)}`, compile: (value) => () => value, takesNothing: true },
  item: { explain: (position) => `Takes item ${position} of the list`, compile: compileItem },
  field: { explain: (path) => `Takes ${path} of it`, compile: compileField },
  unique: { explain: () => 'Removes repeated items', compile: compileUnique },
  each: {
    explain: (steps, explainStep) => `For each item: ${steps.map(explainStep).join(', ')}`,
    compile: (steps, compiling) => compileEach(compiling.compileSteps(steps, compiling.place)),
  },
  fallback: {
    explain: (sources) => `If that is empty, takes the first of ${sources.map(sourceWords).join(', ')} that is not`,
    compile: compileFallback,
    takesNothing: true,
  },
}

function otherwiseWords(otherwise: Otherwise): string {
  if (otherwise === 'keep') return '; others stay as they are'
  if (otherwise === 'empty') return '; others become empty'
  return typeof otherwise === 'object' ? `; others become ${shown(otherwise.value)}` : ''
}

function sourceWords(source: string | FallbackSource): string {
  return typeof source === 'string' ? source : (source.from ?? shown(source.value))
}

interface NotFound {
  readonly value: Flowing
  readonly evaluation: Evaluation
  readonly otherwise: Otherwise
}

function whenNotFound({ value, evaluation, otherwise }: NotFound): StepResult {
  if (otherwise === 'keep') return value
  if (otherwise === 'empty') return null
  if (typeof otherwise === 'object') return otherwise.value
  return reportIssue(evaluation, {
    code: 'unknown-value',
    value,
    problem: 'is not one of the known values',
    next: 'Add it to the table of the mapping, or correct the value.',
  })
}

function keyOf(value: Flowing, ignoreCase: boolean | undefined): string | undefined {
  const text = value === undefined || value === null ? undefined : plainTextOf(value)
  return ignoreCase ? text?.toLowerCase() : text
}

function compileMapValues(options: StepOptions['map-values'], { place }: Compiling): StepFunction {
  const table = new Map<string, Value>()
  for (const [from, to] of Object.entries(options.values)) {
    const key = options.ignoreCase ? from.toLowerCase() : from
    if (table.has(key))
      throw mappingError(`${place}.values.${from}`, 'it stands there twice when capitals do not count')
    table.set(key, to)
  }
  return (value, evaluation) => {
    const key = keyOf(value, options.ignoreCase)
    const found = key === undefined ? undefined : table.get(key)
    if (found !== undefined) return found
    return value === '' ? '' : whenNotFound({ value, evaluation, otherwise: options.otherwise })
  }
}

function compileYesNo(options: StepOptions['yes-no'], { place }: Compiling): StepFunction {
  const words = new Map<string, boolean>()
  for (const word of noWords) words.set(word, false)
  for (const word of yesWords) words.set(word, true)
  for (const word of options.no ?? []) words.set(wordKey(word), false)
  for (const word of options.yes ?? []) {
    if (options.no?.some((other) => wordKey(other) === wordKey(word)))
      throw mappingError(`${place}.yes`, `${word} stands for yes and no`)
    words.set(wordKey(word), true)
  }
  return (value, evaluation) => {
    if (typeof value === 'boolean') return value
    if (isBlank(value)) return null
    const key = keyOf(value, true)
    const answer = key === undefined ? undefined : words.get(wordKey(key))
    if (answer !== undefined) return answer
    return reportIssue(evaluation, {
      code: 'not-yes-or-no',
      value,
      problem: 'is neither yes nor no',
      next: 'Correct the value, or add the word to the step (yes, no).',
    })
  }
}

function wordKey(word: string): string {
  return trimText(word).toLowerCase().normalize('NFC')
}

function compileLookUp(options: StepOptions['look-up'], { place }: Compiling): StepFunction {
  const { table, by, take, ignoreCase, otherwise } = options
  const index = new Map<string, Value>()
  for (const [position, row] of table.entries()) {
    const key = keyOf(row[by], ignoreCase)
    if (key === undefined) throw mappingError(`${place}.table[${position}]`, `it has no ${by}`)
    if (index.has(key)) throw mappingError(`${place}.table[${position}].${by}`, `${key} stands there twice`)
    index.set(key, row[take] ?? null)
  }
  if (!table.some((row) => row[take] !== undefined)) throw mappingError(`${place}.take`, `the table has no ${take}`)
  return (value, evaluation) => {
    const key = keyOf(value, ignoreCase)
    const found = key === undefined ? undefined : index.get(key)
    if (found !== undefined) return found
    return value === '' ? '' : whenNotFound({ value, evaluation, otherwise })
  }
}

function compileItem(position: StepOptions['item']): StepFunction {
  return (value, evaluation) => {
    if (isList(value)) return value.at(position > 0 ? position - 1 : position) ?? null
    return notAList(value, evaluation)
  }
}

function notAList(value: Flowing, evaluation: Evaluation): typeof stopped {
  return reportIssue(evaluation, {
    code: 'not-a-list',
    value,
    problem: 'is not a list',
    next: 'Take a list field, or split a text first.',
  })
}

function compileField(path: StepOptions['field']): StepFunction {
  const parts = path.split('.')
  return (value, evaluation) => {
    if (isRecord(value)) return Object.hasOwn(value, path) ? value[path] : readPath(value, parts)
    if (isList(value)) return readPath(value, parts)
    return reportIssue(evaluation, {
      code: 'not-an-object',
      value,
      problem: 'has no fields',
      next: 'Take an object field.',
    })
  }
}

function compileUnique(): StepFunction {
  return (value, evaluation) => {
    if (!isList(value)) return notAList(value, evaluation)
    const byText = new Map(value.map((item) => [stableStringify(item), item]))
    return [...byText.values()]
  }
}

function compileEach(run: StepFunction): StepFunction {
  return (value, evaluation) => {
    if (!isList(value)) return notAList(value, evaluation)
    const results: Value[] = []
    let isStopped = false
    // All items are run even after one stopped, so that all issues and questions come at once.
    for (const item of value) {
      const result = run(item, evaluation)
      if (result === stopped) isStopped = true
      else if (result !== undefined) results.push(result)
    }
    return isStopped ? stopped : results
  }
}

function compileFallback(sources: StepOptions['fallback'], compiling: Compiling): StepFunction {
  const compiled = sources.map((source, index) => compileSource(source, compiling, index))
  return (value, evaluation) => {
    let result: StepResult = value
    for (const source of compiled) {
      if (result === stopped || !isEmpty(result)) return result
      const next = source(evaluation)
      result = next === undefined ? result : next
    }
    return result
  }
}

type CompiledSource = (evaluation: Evaluation) => StepResult

function compileSource(source: string | FallbackSource, compiling: Compiling, index: number): CompiledSource {
  if (typeof source !== 'string' && source.from === undefined) return () => source.value
  const path = typeof source === 'string' ? source : (source.from ?? '')
  const steps: readonly Step[] = typeof source === 'string' ? [] : (source.steps ?? [])
  const read: Reader = compiling.read(path)
  const run = compiling.compileSteps(steps, `${compiling.place}[${index}].steps`)
  const cut = cutReach(path, compiling.depth)
  const row = { to: compiling.rowTo, source: cut.path, reach: cut.reach }
  return (evaluation) => {
    const around = evaluation.row
    evaluation.row = row
    const result = run(read(evaluation.scope), evaluation)
    evaluation.row = around
    return result
  }
}
