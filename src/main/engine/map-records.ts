/** Maps a page of records: evaluates, gathers the open questions of the whole page, asks once, evaluates again. */
import { AppError } from '#shared/errors.ts'
import {
  type Answer,
  type CompiledMapping,
  type MappedRecord,
  type Question,
  questionKey,
} from '#shared/mapping/evaluate-types.ts'
import type { Values } from '#shared/model/value.ts'
import { inSlices } from './in-slices.ts'
import type { Answers } from './ports/surroundings.ts'

/** Questions can lead to further questions (look up, then look up by the result); deeper chains are a mistake. */
const maximalRounds = 8

export interface MapContext {
  readonly mapping: CompiledMapping
  readonly answers: Answers
  /** ISO instant: the run's "now". */
  readonly now: string
  readonly signal: AbortSignal
}

export async function mapRecords(sources: readonly Values[], context: MapContext): Promise<readonly MappedRecord[]> {
  const known = new Map<string, Answer>()
  const environment = { now: context.now, answer: (question: Question) => known.get(questionKey(question)) }
  const evaluate = (source: Values): MappedRecord => context.mapping.evaluate(source, environment)
  const mapped: MappedRecord[] = []
  await inSlices(sources, (source) => {
    mapped.push(evaluate(source))
  })
  for (let round = 0; round < maximalRounds; round++) {
    const open = openQuestions(mapped, known)
    if (open.length === 0) return mapped
    const answers = await context.answers.ask(open, context.signal)
    for (const [index, question] of open.entries()) {
      const answer = answers[index]
      if (answer) known.set(questionKey(question), answer)
    }
    for (const [index, record] of mapped.entries()) {
      const source = sources[index]
      if (record.questions.length > 0 && source) mapped[index] = evaluate(source)
    }
  }
  throw new AppError({
    kind: 'config',
    code: 'mapping-never-settles',
    message: 'A mapping keeps asking for more look-ups without coming to a result.',
    kept: 'Nothing was written.',
    next: 'Check the look-up steps of the mapping.',
  })
}

function openQuestions(records: readonly MappedRecord[], known: ReadonlyMap<string, Answer>): readonly Question[] {
  const open = new Map<string, Question>()
  for (const record of records) {
    for (const question of record.questions) {
      const key = questionKey(question)
      if (!known.has(key)) open.set(key, question)
    }
  }
  return [...open.values()]
}
