/** Lists mapped item by item: which items, their rows, and extra items made of the record itself. */
import type { Value } from '../model/value.ts'
import {
  type Check,
  type CompiledRow,
  compileCondition,
  compileRows,
  type Produce,
  readerOf,
  runRows,
  type Standing,
} from './compile-rows.ts'
import { cutReach } from './field-path.ts'
import { reportIssue } from './report-issue.ts'
import type { ExtraItem, ItemsRule } from './schema/mapping-schema.ts'
import { isList, isRecord } from './shape.ts'
import { type Evaluation, type Flowing, type Scope, stopped } from './step-types.ts'

interface CompiledItems {
  readonly list: string
  readonly rows: readonly CompiledRow[]
  readonly where: Check | undefined
  readonly extra: readonly CompiledExtra[]
}

interface CompiledExtra {
  readonly when: Check | undefined
  readonly rows: readonly CompiledRow[]
}

/** An absent list gives no value, null gives null; an empty list gives the extra items only. */
export function compileItems(rule: ItemsRule, standing: Standing): Produce {
  const read = readerOf(rule.from, standing)
  const inside = { ...standing, depth: standing.depth + 1 }
  const compiled: CompiledItems = {
    list: cutReach(rule.from, standing.depth).path,
    rows: compileRows(rule.rows, { ...inside, place: `${standing.place}.rows` }),
    where: rule.where === undefined ? undefined : compileCondition(rule.where, inside, 'where'),
    extra: (rule.extra ?? []).map((extra, index) =>
      compileExtra(extra, { ...standing, place: `${standing.place}.extra[${index}]` }),
    ),
  }
  return (evaluation) => {
    const list = read(evaluation.scope)
    if (list === undefined || list === null) return list
    if (!isList(list)) return notAList(list, evaluation)
    const around = evaluation.row
    const results: Value[] = []
    const isComplete = runItems(list, compiled, { evaluation, results })
    const areExtrasComplete = runExtras(compiled.extra, { evaluation, results })
    evaluation.row = around
    return isComplete && areExtrasComplete ? results : stopped
  }
}

function compileExtra(extra: ExtraItem, standing: Standing): CompiledExtra {
  return {
    when: extra.when === undefined ? undefined : compileCondition(extra.when, standing, 'when'),
    rows: compileRows(extra.rows, { ...standing, place: `${standing.place}.rows` }),
  }
}

interface Collecting {
  readonly evaluation: Evaluation
  readonly results: Value[]
}

/** Maps every item; false if any of them stopped. All are run, so that all issues and questions come at once. */
function runItems(list: readonly Value[], compiled: CompiledItems, { evaluation, results }: Collecting): boolean {
  const parent = evaluation.scope
  const scope: Scope = { record: {}, parent, list: compiled.list, index: 0 }
  evaluation.scope = scope
  let isComplete = true
  for (const [index, item] of list.entries()) {
    scope.index = index
    if (!isRecord(item)) {
      evaluation.row = { to: '', source: `${compiled.list}[${index}]`, reach: 1 }
      reportIssue(evaluation, {
        code: 'not-an-object',
        value: item,
        problem: 'is not an item with fields',
        next: 'Correct the list.',
      })
      isComplete = false
      continue
    }
    scope.record = item
    const fits = compiled.where ? compiled.where(evaluation) : true
    if (fits === false) continue
    const values = fits === true ? runRows(compiled.rows, evaluation) : stopped
    if (values === stopped) isComplete = false
    else results.push(values)
  }
  evaluation.scope = parent
  return isComplete
}

function runExtras(extras: readonly CompiledExtra[], { evaluation, results }: Collecting): boolean {
  let isComplete = true
  for (const extra of extras) {
    const fits = extra.when ? extra.when(evaluation) : true
    if (fits === false) continue
    const values = fits === true ? runRows(extra.rows, evaluation) : stopped
    if (values === stopped) isComplete = false
    else results.push(values)
  }
  return isComplete
}

function notAList(value: Flowing, evaluation: Evaluation): typeof stopped {
  return reportIssue(evaluation, { code: 'not-a-list', value, problem: 'is not a list', next: 'Take a list field.' })
}
