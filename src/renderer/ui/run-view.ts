/** Runs and plans in words: their state as a mark, their counts as a sentence. Used wherever a run or a plan is named. */
import type { Output } from '#shared/contract/contract.ts'
import type { OutcomeCounts } from '#shared/model/run.ts'
import { countOf, formatCount } from './format.ts'
import type { Tone } from './tone.ts'

export type RunAnswer = Output<'runs.list'>['runs'][number]
/** A run by itself: also whether it can be undone. */
export type RunDetail = Output<'runs.get'>
export type PlanAnswer = Output<'plans.get'>

export interface Mark {
  readonly tone: Tone
  readonly word: string
}

const runMarks: Readonly<Record<RunAnswer['state'], Mark>> = {
  running: { tone: 'info', word: 'Running' },
  paused: { tone: 'quiet', word: 'Paused' },
  interrupted: { tone: 'warn', word: 'Interrupted' },
  finished: { tone: 'ok', word: 'Finished' },
  cancelled: { tone: 'quiet', word: 'Cancelled' },
  failed: { tone: 'bad', word: 'Failed' },
}

/** Records of a run (or of what a plan would do) that wait for a person. */
export function needsPerson(counts: OutcomeCounts): number {
  return counts.held + counts.failed
}

export function runMark(run: RunAnswer): Mark {
  const waiting = needsPerson(run.counts)
  if (run.state === 'finished' && waiting > 0) return { tone: 'warn', word: `Finished, ${needYou(waiting)}` }
  return runMarks[run.state]
}

const planMarks: Readonly<Record<PlanAnswer['state'], Mark>> = {
  making: { tone: 'info', word: 'Being made' },
  ready: { tone: 'warn', word: 'Waiting for your approval' },
  approved: { tone: 'info', word: 'Approved' },
  applied: { tone: 'ok', word: 'Carried out' },
  failed: { tone: 'bad', word: 'Could not be made' },
  discarded: { tone: 'quiet', word: 'Discarded' },
}

export function planMark(plan: PlanAnswer): Mark {
  return planMarks[plan.state]
}

/** '4 need you', '1 needs you'. */
export function needYou(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'needs' : 'need'} you`
}

/** 'Created 12 and updated 3 records. 385 were already right.' */
export function runSentence(run: RunAnswer): string {
  const { created, updated, deleted, unchanged, skipped } = run.counts
  const words = run.undoes === null ? runVerbs : undoVerbs
  const written = joined([part(words.created, created), part(words.updated, updated), part(words.deleted, deleted)])
  const first =
    written === '' ? words.nothing : `${capital(written)} ${created + updated + deleted === 1 ? 'record' : 'records'}.`
  const right = unchanged === 0 ? '' : ` ${countOf(unchanged, 'was', 'were')} already right.`
  const skippedWords = skipped === 0 ? '' : ` ${countOf(skipped, 'was', 'were')} skipped.`
  // A finished run says this in its mark.
  const waiting = run.state === 'finished' ? 0 : needsPerson(run.counts)
  return `${words.lead}${first}${right}${skippedWords}${waiting === 0 ? '' : ` ${capital(needYou(waiting))}.`}`
}

/** While it goes on: '1,200 records read so far. Created 40 and updated 2 records. …' */
export function progressSentence(run: RunAnswer): string {
  if (run.state !== 'running' || run.readCount === 0)
    return run.readCount === 0 && run.state === 'running' ? 'It has just begun to read.' : runSentence(run)
  return `${countOf(run.readCount, 'record', 'records')} read so far. ${runSentence(run)}`
}

const runVerbs = {
  lead: '',
  created: 'created',
  updated: 'updated',
  deleted: 'deleted',
  nothing: 'Nothing had to be written.',
}
const undoVerbs = {
  lead: 'Took an earlier run back. ',
  created: 'made again',
  updated: 'put back',
  deleted: 'removed',
  nothing: 'Nothing was left to take back.',
}

function part(verb: string, count: number): string {
  return count === 0 ? '' : `${verb} ${formatCount(count)}`
}

function joined(parts: readonly string[]): string {
  const said = parts.filter((one) => one !== '')
  return said.length < 2 ? said.join('') : `${said.slice(0, -1).join(', ')} and ${said.at(-1)}`
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
