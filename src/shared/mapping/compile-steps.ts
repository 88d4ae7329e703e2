/** All steps in one table, and how a list of them becomes one function. */
import { mappingError } from './mapping-error.ts'
import type { Step, StepName } from './schema/step-schema.ts'
import {
  type Compiling,
  type StepDefinition,
  type StepDefinitions,
  type StepFunction,
  type StepResult,
  stopped,
} from './step-types.ts'
import { contactSteps } from './steps/contact-steps.ts'
import { dateSteps } from './steps/date-steps.ts'
import { numberSteps } from './steps/number-steps.ts'
import { questionSteps } from './steps/question-steps.ts'
import { textSteps } from './steps/text-steps.ts'
import { valueSteps } from './steps/value-steps.ts'

const definitions = {
  ...textSteps,
  ...numberSteps,
  ...dateSteps,
  ...contactSteps,
  ...valueSteps,
  ...questionSteps,
} satisfies StepDefinitions<StepName>

interface StepParts {
  readonly name: StepName
  readonly definition: StepDefinition<unknown>
  readonly options: unknown
}

/** Name and options of a step. Undefined for an object without a known step. */
function stepParts(step: Step): StepParts | undefined {
  const entries =
    typeof step === 'string'
      ? [[step, {}] as const]
      : Object.entries(step).filter(([, options]) => options !== undefined)
  const [name, options] = entries[0] ?? []
  if (name === undefined || entries.length !== 1 || !Object.hasOwn(definitions, name)) return undefined
  // 'name' is a key of the definitions, and its options fit the definition of that key.
  const stepName = name as StepName
  return { name: stepName, definition: definitions[stepName] as StepDefinition<unknown>, options }
}

/** One plain sentence about a step. */
export function explainStep(step: Step): string {
  const parts = stepParts(step)
  if (!parts) return 'Unknown step.'
  return `${parts.definition.explain(parts.options, (inner) => lowerFirst(explainStep(inner)).replace(/\.$/, ''))}.`
}

export function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}

interface CompiledStep {
  readonly run: StepFunction
  readonly takesNothing: boolean
}

/** Compiles steps into one function. Absent and null pass every step that does not say otherwise. */
export function compileSteps(steps: readonly Step[], compiling: Compiling): StepFunction {
  const compiled = steps.map((step, index) => compileStep(step, compiling, `${compiling.place}[${index}]`))
  return (value, evaluation) => {
    let result: StepResult = value
    for (const step of compiled) {
      if (result === stopped) return stopped
      if ((result !== undefined && result !== null) || step.takesNothing) result = step.run(result, evaluation)
    }
    return result
  }
}

function compileStep(step: Step, compiling: Compiling, place: string): CompiledStep {
  const parts = stepParts(step)
  if (!parts) throw mappingError(place, 'there is no such step')
  const run = parts.definition.compile(parts.options, { ...compiling, place: `${place}.${parts.name}` })
  return { run, takesNothing: parts.definition.takesNothing === true }
}
