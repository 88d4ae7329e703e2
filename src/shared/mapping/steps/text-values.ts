/** What steps on text share: taking the text of a value, and the issue when there is none. */

import { plainTextOf } from '../parse/text.ts'
import { reportIssue } from '../report-issue.ts'
import {
  type Evaluation,
  type Flowing,
  type StepFunction,
  type StepResult,
  type Stopped,
  stopped,
} from '../step-types.ts'

/** A step that turns text into text; numbers and yes/no values are taken as their text. */
export function onText(change: (text: string, evaluation: Evaluation) => StepResult): StepFunction {
  return (value, evaluation) => {
    if (typeof value === 'string') return change(value, evaluation)
    const text = textOrIssue(value, evaluation)
    return text === stopped ? stopped : change(text, evaluation)
  }
}

export function textOrIssue(value: Flowing, evaluation: Evaluation): string | Stopped {
  const text = value === undefined || value === null ? '' : plainTextOf(value)
  if (text !== undefined) return text
  return reportIssue(evaluation, {
    code: 'not-text',
    value,
    problem: Array.isArray(value) ? 'is a list, where a text is needed' : 'is an object, where a text is needed',
    next: Array.isArray(value)
      ? 'Use each, item or join on the list first.'
      : 'Take one field of it with a field step first.',
  })
}
