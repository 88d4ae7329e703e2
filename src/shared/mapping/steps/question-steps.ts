/**
 * Steps that must ask elsewhere: links, other connections, calculations. They put a question and stop the row until
 * the answer is there; the record is then evaluated again.
 */
import type { Value } from '../../model/value.ts'
import type { Answer, Question } from '../evaluate-types.ts'
import { cutReach, isEmpty, readPath, setField } from '../field-path.ts'
import { plainTextOf } from '../parse/text.ts'
import { reportIssue } from '../report-issue.ts'
import type { StepOptions } from '../schema/step-schema.ts'
import {
  type Compiling,
  type Evaluation,
  type Flowing,
  type Scope,
  type StepDefinitions,
  type StepFunction,
  type StepResult,
  type Stopped,
  stopped,
} from '../step-types.ts'
import { isBlank } from './number-values.ts'
import { textOrIssue } from './text-values.ts'

export const questionSteps: StepDefinitions<'link' | 'look-up-record' | 'calculate'> = {
  link: {
    explain: ({ object, otherwise }) =>
      `Takes the id of the linked ${object} at the destination${otherwise === 'empty' ? ', or nothing if there is none' : ''}`,
    compile: compileLink,
  },
  'look-up-record': {
    explain: ({ connection, object, by, take }) =>
      `Finds the ${object} in ${connection} by its ${by} and takes ${take}`,
    compile: compileLookUpRecord,
  },
  calculate: { explain: (expression) => `Calculates ${expression}`, compile: compileCalculate, takesNothing: true },
}

function ask(question: Question, evaluation: Evaluation): Answer | Stopped {
  const answer = evaluation.environment.answer(question)
  if (answer) return answer
  evaluation.questions.push(question)
  return stopped
}

function compileLink({ object, otherwise }: StepOptions['link']): StepFunction {
  return (value, evaluation) => {
    if (isBlank(value)) return null
    const externalId = textOrIssue(value, evaluation)
    if (externalId === stopped) return stopped
    const answer = ask({ kind: 'link', object, externalId }, evaluation)
    if (answer === stopped) return stopped
    if (answer.found) return answer.value
    return otherwise === 'empty' ? null : notLinked({ value, evaluation, object, reason: answer.reason })
  }
}

interface NotLinked {
  readonly value: Flowing
  readonly evaluation: Evaluation
  readonly object: string
  readonly reason: string
}

function notLinked({ value, evaluation, object, reason }: NotLinked): Stopped {
  return reportIssue(evaluation, {
    code: 'not-linked',
    value,
    problem: `is a ${object} without a linked record at the destination (${reason})`,
    next: `Bring the ${object} across first; this record follows by itself then.`,
  })
}

function compileLookUpRecord(options: StepOptions['look-up-record']): StepFunction {
  const { connection, object, by, take, otherwise } = options
  const parts = take.split('.')
  return (value, evaluation) => {
    if (isBlank(value)) return null
    const text = textOrIssue(value, evaluation)
    if (text === stopped) return stopped
    const answer = ask({ kind: 'record', connection, object, by, value: text }, evaluation)
    if (answer === stopped) return stopped
    if (answer.found) return readPath(answer.value, Object.hasOwn(Object(answer.value), take) ? [take] : parts)
    if (otherwise === 'empty') return null
    return reportIssue(evaluation, {
      code: 'record-not-found',
      value,
      problem: `was not found as ${by} of a ${object} in ${connection} (${answer.reason})`,
      next: 'Correct the value, or say in the step that nothing is taken then (otherwise: empty).',
    })
  }
}

type Gather = (scope: Scope, input: Record<string, Value>) => boolean

function compileCalculate(expression: string, compiling: Compiling): StepFunction {
  const gatherers = compiling.rowSources.map((path) => compileGather(path, compiling.depth))
  return (value, evaluation): StepResult => {
    const input: Record<string, Value> = {}
    let hasContent = gatherers.length === 0
    for (const gather of gatherers) hasContent = gather(evaluation.scope, input) || hasContent
    // With nothing to calculate from, absent stays absent and null stays null.
    if (!hasContent && isEmpty(value)) return value
    if (value !== undefined) setField(input, 'value', value)
    const answer = ask({ kind: 'calculate', expression, input }, evaluation)
    if (answer === stopped) return stopped
    if (answer.found) return answer.value
    return reportIssue(evaluation, {
      code: 'not-calculated',
      value: value !== undefined && plainTextOf(value ?? '') !== undefined ? value : undefined,
      problem: `cannot be calculated with “${expression.slice(0, 80)}”: ${answer.reason}`,
      next: 'Correct the value or the expression.',
    })
  }
}

/** Puts a source field into the input under its name; a path brings the whole top-level field it reaches into. */
function compileGather(sourcePath: string, depth: number): Gather {
  const { reach, path } = cutReach(sourcePath, depth)
  const top = path.includes('.') ? path.slice(0, path.indexOf('.')) : path
  return (scope, input) => {
    let at = scope
    for (let step = 0; step < reach && at.parent; step++) at = at.parent
    const name = path !== top && Object.hasOwn(at.record, path) ? path : top
    const value = readPath(at.record, [name])
    if (value === undefined) return false
    setField(input, name, value)
    return !isEmpty(value)
  }
}
