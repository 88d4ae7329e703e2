/** Answers the questions of a mapping: links from the store, records from other connections, calculations from the worker. */

import { normalKey } from '#main/engine/match.ts'
import type { Answers } from '#main/engine/ports/surroundings.ts'
import type { LinkStore } from '#main/engine/ports/sync-store.ts'
import { AppError } from '#shared/errors.ts'
import { type Answer, type Question, questionKey } from '#shared/mapping/evaluate-types.ts'
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { Connections } from './connections.ts'

export interface Calculator {
  readonly evaluate: (
    items: readonly { expression: string; input: Extract<Question, { kind: 'calculate' }>['input'] }[],
  ) => Promise<readonly Answer[]>
}

export interface AnswersOptions {
  readonly links: LinkStore
  readonly connections: Connections
  readonly calculator: Calculator
  readonly sourceConnection: string
  readonly destinationConnection: string
}

/** How many answers of other connections one run remembers. */
const cacheSize = 20_000

/** One per run: the cache ends with it. */
export function createAnswers(options: AnswersOptions): Answers {
  const cache = new Map<string, Answer>()

  const remember = (question: Question, answer: Answer): void => {
    if (cache.size >= cacheSize) cache.delete(cache.keys().next().value ?? '')
    cache.set(questionKey(question), answer)
  }

  return {
    ask: async (questions, signal) => {
      const records = questions.filter((question) => question.kind === 'record' && !cache.has(questionKey(question)))
      await askRecords(records as readonly RecordQuestion[], options.connections, remember, signal)
      const calculated = await calculate(questions, options.calculator)
      return questions.map((question) => {
        if (question.kind === 'link') return linkAnswer(question, options)
        if (question.kind === 'calculate')
          return calculated.get(question) ?? notFound('The calculation gave no answer.')
        return cache.get(questionKey(question)) ?? notFound('The look-up gave no answer.')
      })
    },
  }
}

type RecordQuestion = Extract<Question, { kind: 'record' }>

function notFound(reason: string): Answer {
  return { found: false, reason }
}

function linkAnswer(question: Extract<Question, { kind: 'link' }>, options: AnswersOptions): Answer {
  const from = { connection: options.sourceConnection, object: question.object, externalId: question.externalId }
  const id = options.links.linkedId(from, options.destinationConnection)
  return id === undefined
    ? notFound(`${question.object} ${question.externalId} is not linked yet.`)
    : { found: true, value: id }
}

async function calculate(
  questions: readonly Question[],
  calculator: Calculator,
): Promise<ReadonlyMap<Question, Answer>> {
  const asked = questions.filter((question) => question.kind === 'calculate')
  if (asked.length === 0) return new Map()
  const answers = await calculator.evaluate(asked.map(({ expression, input }) => ({ expression, input })))
  return new Map(
    asked.map((question, index) => [question, answers[index] ?? notFound('The calculation gave no answer.')]),
  )
}

async function askRecords(
  questions: readonly RecordQuestion[],
  connections: Connections,
  remember: (question: Question, answer: Answer) => void,
  signal: AbortSignal,
): Promise<void> {
  const groups = Map.groupBy(questions, (question) =>
    JSON.stringify([question.connection, question.object, question.by]),
  )
  for (const group of groups.values()) {
    const found = await findRecords(group, connections, signal)
    for (const question of group) {
      const records = found.get(normalKey(question.value) ?? '') ?? []
      remember(question, recordAnswer(question, records))
    }
  }
}

function recordAnswer(question: RecordQuestion, records: readonly RemoteRecord[]): Answer {
  const [record, ...others] = records
  if (!record) return notFound(`No ${question.object} with ${question.by} ${question.value} was found.`)
  if (others.length > 0)
    return notFound(`${records.length} records of ${question.object} have ${question.by} ${question.value}.`)
  return { found: true, value: record.values }
}

async function findRecords(group: readonly RecordQuestion[], connections: Connections, signal: AbortSignal) {
  const [first] = group
  const found = new Map<string, RemoteRecord[]>()
  if (!first) return found
  const connection = await connections.open(first.connection)
  const object = await connection.object(first.object, signal)
  if (!object.find) throw cannotLookUp(first)
  for (const record of await object.find(
    first.by,
    group.map((question) => question.value),
    signal,
  )) {
    const key = normalKey(record.values[first.by]) ?? ''
    found.set(key, [...(found.get(key) ?? []), record])
  }
  return found
}

function cannotLookUp(question: RecordQuestion): AppError {
  return new AppError({
    kind: 'config',
    code: 'cannot-look-up',
    message: `Records of "${question.object}" in connection "${question.connection}" cannot be looked up by ${question.by}.`,
    kept: 'Nothing was written.',
    next: 'Choose another key field or another connection for the look-up step.',
  })
}
