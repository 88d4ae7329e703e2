/** The run screen in data: which actions fit its state, its counts as tiles, its times as bars. */

import type { CountTile } from '#renderer/ui/count-tiles.tsx'
import { formatDay, formatDuration } from '#renderer/ui/format.ts'
import { type RecordView, recordView } from '#renderer/ui/record-view.ts'
import type { RunAnswer } from '#renderer/ui/run-view.ts'
import type { Tone } from '#renderer/ui/tone.ts'
import type { Output } from '#shared/contract/contract.ts'
import { type Outcome, outcomes } from '#shared/model/run.ts'
import { text } from './text.ts'

export type RunRecordAnswer = Output<'runs.records'>['records'][number]

export type RunAction = 'pause' | 'cancel' | 'goOn' | 'again'

const actionsOf: Readonly<Record<RunAnswer['state'], readonly RunAction[]>> = {
  running: ['pause', 'cancel'],
  paused: ['goOn', 'cancel'],
  interrupted: ['goOn', 'cancel'],
  finished: ['again'],
  cancelled: ['again'],
  failed: ['again'],
}

/** Taking a run back is planned anew, not repeated. */
export function runActions(run: RunAnswer): readonly RunAction[] {
  return run.undoes === null ? actionsOf[run.state] : actionsOf[run.state].filter((action) => action !== 'again')
}

/** What each outcome is called: in a run that takes another back, by what it took back. */
export function outcomeWords({ undoes }: Pick<RunAnswer, 'undoes'>): Readonly<Record<Outcome, string>> {
  return undoes === null ? text.outcome : text.undoOutcome
}

const outcomeTones: Readonly<Record<Outcome, Tone>> = {
  created: 'ok',
  updated: 'info',
  unchanged: 'quiet',
  deleted: 'warn',
  skipped: 'quiet',
  held: 'warn',
  failed: 'bad',
}

/** Always in the same order; deleted and skipped only where there are any. Records that are gone cannot be listed. */
export function outcomeTiles(run: RunAnswer): readonly CountTile[] {
  const isKept = run.historyPrunedAt === undefined
  return outcomes
    .filter((outcome) => run.counts[outcome] > 0 || (outcome !== 'deleted' && outcome !== 'skipped'))
    .map((outcome) => ({
      key: outcome,
      label: outcomeWords(run)[outcome],
      count: run.counts[outcome],
      tone: outcomeTones[outcome],
      isListed: isKept && outcome !== 'unchanged' && outcome !== 'skipped',
    }))
}

export function outcomeOf(key: string | null): Outcome | null {
  return outcomes.find((outcome) => outcome === key) ?? null
}

export function outcomeTone(outcome: Outcome): Tone {
  return outcomeTones[outcome]
}

export function runRecordView(record: RunRecordAnswer, run: RunAnswer): RecordView {
  const view = recordView(record, { word: outcomeWords(run)[record.outcome], tone: outcomeTones[record.outcome] })
  return record.isBack ? { ...view, ids: text.back(view.ids) } : view
}

const dayMs = 24 * 60 * 60_000

/** Why a run has no records any more; null: it has them. */
export function prunedWords({ historyPrunedAt, endedAt, startedAt }: RunAnswer): string | null {
  if (historyPrunedAt === undefined) return null
  const keptMs = Date.parse(historyPrunedAt) - Date.parse(endedAt ?? startedAt)
  return text.prunedWords(formatDay(historyPrunedAt), Math.max(0, Math.floor(keptMs / dayMs)))
}

export interface TimeBar {
  readonly label: string
  readonly took: string
  /** Of the longest step, 0 to 100. */
  readonly percent: number
}

export function timeBars(timings: NonNullable<RunAnswer['timings']>): readonly TimeBar[] {
  const parts = [
    [text.timings.readingMs, timings.readingMs],
    [text.timings.mappingMs, timings.mappingMs],
    [text.timings.waitingMs, timings.waitingMs],
    [text.timings.writingMs, timings.writingMs],
    [text.timings.storingMs, timings.storingMs],
  ] as const
  const longest = Math.max(1, ...parts.map(([, ms]) => ms))
  return parts.map(([label, ms]) => ({ label, took: formatDuration(ms), percent: Math.round((ms / longest) * 100) }))
}

type Phase = keyof typeof text.bottlenecks

/** What held the run up most, in a sentence; null where nothing stands out, or where it was over in a moment. */
export function bottleneck(timings: NonNullable<RunAnswer['timings']>): string | null {
  const phases = Object.keys(text.bottlenecks) as readonly Phase[]
  const [first, second] = phases.toSorted((a, b) => timings[b] - timings[a])
  if (!first || !second || timings[first] < noticeableMs) return null
  return timings[first] >= timings[second] * standsOut ? text.bottlenecks[first] : null
}

const noticeableMs = 2_000
/** So many times the next one. */
const standsOut = 1.5
