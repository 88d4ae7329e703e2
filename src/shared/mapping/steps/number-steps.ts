/** Steps that read and reckon numbers. An empty text gives an empty value; nothing is ever rounded unasked. */
import type { Value } from '../../model/value.ts'
import { minorOf } from '../parse/amount.ts'
import { type Digits, decimalText } from '../parse/decimal-text.ts'
import { limitDecimals, multiplyDigits, type RoundingMode, roundDigits } from '../parse/exact.ts'
import { reportIssue } from '../report-issue.ts'
import type { numberStepShapes } from '../schema/number-steps.ts'
import type { StepOptions } from '../schema/step-schema.ts'
import type {
  Compiling,
  Evaluation,
  Flowing,
  StepDefinitions,
  StepFunction,
  StepResult,
  Stopped,
} from '../step-types.ts'
import { compileMoney, explainMoney } from './money-step.ts'
import { isBlank, numberIssue, readAmount, readDigits } from './number-values.ts'
import { compileSum } from './sum-step.ts'

const modeWords: Readonly<Record<RoundingMode, string>> = {
  'half-up': 'commercially',
  'half-even': "by the banker's rule",
  up: 'away from zero',
  down: 'towards zero',
}

export const numberSteps: StepDefinitions<keyof typeof numberStepShapes> = {
  'to-number': {
    explain: ({ decimalMark }) => `Reads a number${markWords(decimalMark)}`,
    compile: compileToNumber,
  },
  'to-decimal': {
    explain: ({ decimalMark, places }) =>
      `Reads an exact decimal${markWords(decimalMark)}${places === undefined ? '' : ` with ${places} decimals`}`,
    compile: compileToDecimal,
  },
  money: { explain: explainMoney, compile: compileMoney },
  round: {
    explain: ({ places, mode }) => `Rounds ${modeWords[mode]} to ${places} decimals`,
    compile: compileRound,
  },
  multiply: {
    explain: ({ by, byField }) => (Number(by) === -1 ? 'Changes the sign' : `Multiplies by ${by ?? byField ?? ''}`),
    compile: compileMultiply,
  },
  sum: {
    explain: ({ field, times }) => `Adds up ${field ?? 'the items'}${times === undefined ? '' : ` times ${times}`}`,
    compile: compileSum,
  },
  count: {
    explain: () => 'Counts the items',
    compile: () => (value, evaluation) =>
      Array.isArray(value)
        ? value.length
        : reportIssue(evaluation, { code: 'not-a-list', value, problem: 'is not a list', next: 'Take a list field.' }),
  },
}

function markWords(mark: string | undefined): string {
  return mark === undefined ? '' : ` with the decimal mark “${mark}”`
}

function compileToNumber({ decimalMark }: StepOptions['to-number']): StepFunction {
  return (value, evaluation) => {
    if (isBlank(value)) return null
    const digits = readDigits(value, decimalMark)
    if (typeof digits === 'string') return numberIssue(evaluation, value, digits)
    return asNumber(digits, value, evaluation)
  }
}

/** A JSON number, if it says exactly these digits. */
function asNumber(digits: Digits, value: Flowing, evaluation: Evaluation): number | Stopped {
  const number = Number(decimalText(digits))
  // More digits than a JSON number carries would come back as other digits.
  if (digits.whole.length + digits.fraction.length <= 15) return number
  return reportIssue(evaluation, {
    code: 'number-too-exact',
    value,
    problem: 'has more digits than a number can carry exactly',
    next: 'Use to-decimal instead of to-number.',
  })
}

function compileToDecimal({ decimalMark, places, rounding }: StepOptions['to-decimal']): StepFunction {
  return (value, evaluation) => {
    if (isBlank(value)) return null
    const digits = readAmount(value)?.digits ?? readDigits(value, decimalMark)
    if (typeof digits === 'string') return numberIssue(evaluation, value, digits)
    if (places === undefined) return decimalText(digits)
    const limited = limitDecimals(digits, places, rounding)
    return limited ? decimalText(limited, places) : surplusIssue(evaluation, value, places)
  }
}

function surplusIssue(evaluation: Evaluation, value: Flowing, places: number): Stopped {
  return reportIssue(evaluation, {
    code: 'too-many-decimals',
    value,
    problem: `has more than ${places} decimals`,
    next: 'Correct the value, or declare how to round in the step (rounding).',
  })
}

function compileRound({ places, mode }: StepOptions['round']): StepFunction {
  return onNumber((digits) => roundDigits(digits, places, mode), { places, rounding: mode })
}

function compileMultiply(options: StepOptions['multiply'], compiling: Compiling): StepFunction {
  const { rounding } = options
  if (options.byField === undefined) {
    const factor = readDigits(options.by, '.')
    return onNumber((digits) => (typeof factor === 'string' ? digits : multiplyDigits(digits, factor)), { rounding })
  }
  const read = compiling.read(options.byField)
  return (value, evaluation) => {
    const other = read(evaluation.scope)
    const factor = readDigits(other, '.')
    if (typeof factor === 'string') return numberIssue(evaluation, other, factor)
    return onNumber((digits) => multiplyDigits(digits, factor), { rounding })(value, evaluation)
  }
}

interface NumberForm {
  readonly rounding: RoundingMode | undefined
  /** Decimals of a text result. */
  readonly places?: number
}

/** A step on a number, decimal text or amount of money that gives the same kind back. */
function onNumber(change: (digits: Digits) => Digits, form: NumberForm): StepFunction {
  return (value, evaluation): StepResult => {
    if (isBlank(value)) return null
    const amount = readAmount(value)
    const digits = amount?.digits ?? readDigits(value, '.')
    if (typeof digits === 'string') return numberIssue(evaluation, value, digits)
    const changed = change(digits)
    if (!amount)
      return typeof value === 'number' ? asNumber(changed, value, evaluation) : decimalText(changed, form.places)
    const limited = limitDecimals(changed, amount.decimals, form.rounding)
    const amountMinor = limited && minorOf(limited, amount.decimals)
    if (amountMinor === undefined) return surplusIssue(evaluation, value, amount.decimals)
    return { amountMinor, currency: amount.money.currency } satisfies Value
  }
}
