/** Runs JSONata expressions off the main thread. A regular expression or huge text may hang it: it is killed then. */
import { parentPort, workerData } from 'node:worker_threads'
import jsonata from 'jsonata'
import type { Answer } from '#shared/mapping/evaluate-types.ts'
import type { Value } from '#shared/model/value.ts'
import { boundTexts, isSmallResult } from './bound-texts.ts'
import {
  type CalculateMessage,
  type Calculation,
  type CalculatorWorkerData,
  tookTooLong,
  type WorkerMessage,
} from './calculator-messages.ts'
import { checkExpression } from './check-expression.ts'

/** A mapping has a handful of expressions; more than this means that they are not repeated, and keeping them is no use. */
const maximalCompiled = 200

// The pool starts this file with exactly this data.
const { timeoutMs } = workerData as CalculatorWorkerData
const compiled = new Map<string, jsonata.Expression | string>()

function compile(expression: string): jsonata.Expression | string {
  const known = compiled.get(expression)
  if (known !== undefined) return known
  if (compiled.size >= maximalCompiled) compiled.clear()
  const check = checkExpression(expression)
  const result = check.ok
    ? jsonata(expression, { timeout: timeoutMs, stack: 500, sequence: 1_000_000 })
    : `${check.message} (at character ${check.position})`
  compiled.set(expression, result)
  return result
}

async function calculate({ expression, input }: Calculation): Promise<Answer> {
  const program = compile(expression)
  if (typeof program === 'string') return { found: false, reason: program }
  try {
    return jsonAnswer(await program.evaluate(input))
  } catch (error) {
    return { found: false, reason: reasonOf(error) }
  }
}

/** The result as JSON. Nothing found is null; a function, an endless number or a giant text is no result. */
function jsonAnswer(result: unknown): Answer {
  if (result === undefined) return { found: true, value: null }
  if (isFunction(result)) return { found: false, reason: 'the result is a function' }
  if (!isSmallResult(result)) return { found: false, reason: 'the result is too large' }
  let problem: string | undefined
  const text = JSON.stringify(result, (_key, value: unknown) => {
    if (isFunction(value)) {
      problem = 'the result is a function'
      return null
    }
    if (typeof value === 'number' && !Number.isFinite(value)) problem = 'the result is not a finite number'
    return value
  })
  if (problem === undefined && text === undefined) problem = 'the result is not data'
  // What JSON.stringify wrote is JSON.
  return problem === undefined ? { found: true, value: JSON.parse(text) as Value } : { found: false, reason: problem }
}

/** JSONata's functions are objects with a mark (and with circles in them). */
function isFunction(value: unknown): boolean {
  return (
    typeof value === 'function' ||
    (typeof value === 'object' && value !== null && ('_jsonata_lambda' in value || '_jsonata_function' in value))
  )
}

function reasonOf(error: unknown): string {
  // jsonata throws plain objects: S codes are syntax, T types, D dynamic; D1012 is its own timeout, D1011 its stack.
  const { code, message } = Object(error) as { code?: unknown; message?: unknown }
  if (code === 'D1012') return tookTooLong(timeoutMs)
  if (code === 'D2015') return 'the calculation makes a list that is too long'
  if (code === 'D1011') return 'the calculation nests too deeply'
  return typeof message === 'string' && message !== '' ? message.slice(0, 300) : 'the calculation failed'
}

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

boundTexts()
parentPort?.on('message', async ({ items }: CalculateMessage) => {
  for (const item of items) send({ kind: 'answer', answer: await calculate(item) })
})
send({ kind: 'ready' })
