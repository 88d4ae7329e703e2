/** The preview of a draft: compiled rows, answers from the core gathered and asked at once, all samples checked in slices. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useAction } from '#renderer/app/session-queries.ts'
import { type Answer, type Question, questionKey } from '#shared/mapping/evaluate-types.ts'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { Values } from '#shared/model/value.ts'
import type { Definition } from './draft.ts'
import { createPreview, type Preview } from './preview.ts'
import { type CheckResult, checkSamples, nothingChecked } from './sample-check.ts'

const gatherMs = 120
const mostQuestions = 200

export interface PreviewState {
  readonly preview: Preview
  readonly check: CheckResult
}

export function usePreview(definition: Definition, samples: readonly Values[]): PreviewState {
  const { answers, ask, version } = useAnswers(definition)
  const { country, zone } = definition.defaults
  // A new set of answers is a new preview: what waited for them is evaluated again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: version stands for the content of answers
  const preview = useMemo(
    () =>
      createPreview({
        mapping: {
          ...(country === undefined ? {} : { defaultCountry: country }),
          ...(zone === undefined ? {} : { zone }),
        },
        now: new Date().toISOString(),
        answers,
        ask,
      }),
    [country, zone, answers, ask, version],
  )
  return { preview, check: useSampleCheck(definition.mapping, samples, preview) }
}

function useSampleCheck(rows: readonly Row[], samples: readonly Values[], preview: Preview): CheckResult {
  const [result, setResult] = useState(nothingChecked)
  useEffect(
    () =>
      checkSamples({
        rows,
        samples,
        preview,
        onResult: setResult,
        later: (work) => void window.setTimeout(work, 0),
        nowMs: () => performance.now(),
      }),
    [rows, samples, preview],
  )
  return result
}

/** Questions of many rows and samples are gathered for a moment and asked together; answers stay for the session. */
function useAnswers({ source, destination }: Definition) {
  const { mutate } = useAction('mapping.answers')
  const [answers] = useState(() => new Map<string, Answer>())
  const [version, setVersion] = useState(0)
  const open = useRef(new Map<string, Question>())
  const timer = useRef<number>(undefined)
  const { connection: sourceConnection } = source
  const { connection: destinationConnection } = destination

  const send = useCallback(() => {
    timer.current = undefined
    const questions = [...open.current.values()].slice(0, mostQuestions)
    open.current.clear()
    if (questions.length === 0) return
    const remember = (all: readonly Answer[]): void => {
      for (const [index, question] of questions.entries()) {
        const answer = all[index]
        if (answer) answers.set(questionKey(question), answer)
      }
      setVersion((now) => now + 1)
    }
    const failed = (reason: string): void => remember(questions.map(() => ({ found: false, reason })))
    mutate(
      { sourceConnection, destinationConnection, questions },
      { onSuccess: (data) => remember(data.answers), onError: (error) => failed(error.message) },
    )
  }, [answers, mutate, sourceConnection, destinationConnection])

  const ask = useCallback(
    (questions: readonly Question[]) => {
      for (const question of questions) {
        const key = questionKey(question)
        if (!answers.has(key)) open.current.set(key, question)
      }
      if (open.current.size > 0) timer.current ??= window.setTimeout(send, gatherMs)
    },
    [answers, send],
  )
  useEffect(() => () => window.clearTimeout(timer.current), [])
  return { answers, ask, version }
}
