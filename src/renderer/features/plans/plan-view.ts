/** The plan screen in data: tiles, items, what may be done with it, and the words of its approval. */

import type { CountTile } from '#renderer/ui/count-tiles.tsx'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { type RecordView, recordView } from '#renderer/ui/record-view.ts'
import { needsPerson, type PlanAnswer } from '#renderer/ui/run-view.ts'
import type { Tone } from '#renderer/ui/tone.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { PlanAction } from '#shared/model/plan.ts'
import { text } from './text.ts'

const actionTones: Readonly<Record<PlanAction, Tone>> = {
  create: 'ok',
  update: 'info',
  delete: 'warn',
  link: 'quiet',
  hold: 'warn',
  fail: 'bad',
}

/** What each action is called: in a plan that takes a run back, by what it takes back. */
export function actionWords({ undoes }: PlanAnswer): Readonly<Record<PlanAction, string>> {
  return undoes === null ? text.action : text.undoAction
}

export function planTiles(plan: PlanAnswer): readonly CountTile[] {
  const { counts, undoes, historyPrunedAt } = plan
  const words = actionWords(plan)
  const tile = (action: PlanAction, count: number): CountTile => ({
    key: action,
    label: words[action],
    count,
    tone: actionTones[action],
    isListed: historyPrunedAt === undefined,
  })
  const skipped: CountTile = {
    key: 'skipped',
    label: text.skipped,
    count: counts.skipped,
    tone: 'quiet',
    isListed: false,
  }
  const unchanged = undoes === null ? text.unchanged : text.undo.unchanged
  return [
    ...(undoes === null || counts.created > 0 ? [tile('create', counts.created)] : []),
    tile('update', counts.updated),
    ...(undoes !== null || counts.deleted > 0 ? [tile('delete', counts.deleted)] : []),
    { key: 'unchanged', label: unchanged, count: counts.unchanged, tone: 'quiet', isListed: false },
    ...(counts.skipped > 0 ? [skipped] : []),
    tile('hold', counts.held),
    tile('fail', counts.failed),
  ]
}

export function actionOf(key: string | null): PlanAction | null {
  return key !== null && isAction(key) ? key : null
}

function isAction(key: string): key is PlanAction {
  return Object.hasOwn(text.action, key)
}

export type PlanItemAnswer = Output<'plans.items'>['items'][number]

export function itemView(item: PlanItemAnswer, plan: PlanAnswer): RecordView {
  const view = recordView(item, { word: actionWords(plan)[item.action], tone: actionTones[item.action] })
  return item.isBack ? { ...view, ids: text.back(view.ids) } : view
}

/** 'A run would create 12 and update 3 records.' */
export function planLead(plan: PlanAnswer): string {
  const { created, updated, deleted } = plan.counts
  const tense = plan.state === 'ready' ? text.promise : ''
  const read = countOf(plan.readCount, 'record', 'records')
  if (plan.state === 'making') return plan.undoes === null ? text.making(read) : text.undo.reading(read)
  if (plan.undoes !== null) return undoLead(plan.counts, tense)
  if (created + updated + deleted === 0) return 'Both sides already agree: a run would write nothing.'
  const parts = [`create ${formatCount(created)}`, `update ${formatCount(updated)}`]
  if (deleted > 0) parts.push(`delete ${formatCount(deleted)}`)
  return `A run would ${inWords(parts)} ${noun(deleted > 0 ? deleted : updated)}. ${tense}`.trim()
}

function undoLead({ created, updated, deleted }: PlanAnswer['counts'], tense: string): string {
  const parts = [
    ...(updated > 0 ? [`put back ${formatCount(updated)}`] : []),
    ...(deleted > 0 ? [`remove ${formatCount(deleted)}`] : []),
    ...(created > 0 ? [`make again ${formatCount(created)}`] : []),
  ]
  if (parts.length === 0) return text.undo.nothing
  return `Undoing would ${inWords(parts)} ${noun(created || deleted || updated)}. ${tense}`.trim()
}

function noun(count: number): string {
  return count === 1 ? 'record' : 'records'
}

function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** What approving means, before it is done: who is written to, how much, and what is left for later. */
export function approvalWords(plan: PlanAnswer, destination: string): string {
  const written = plan.undoes === null ? writtenWords(plan.counts, destination) : undoneWords(plan.counts, destination)
  const waiting = needsPerson(plan.counts)
  const left =
    waiting === 0
      ? ''
      : ` ${countOf(waiting, 'record is', 'records are')} left alone because ${waiting === 1 ? 'it needs' : 'they need'} you.`
  return `${written}${left}`
}

function writtenWords({ created, updated, deleted }: PlanAnswer['counts'], destination: string): string {
  const first = `${formatCount(created)} ${created === 1 ? 'record is' : 'records are'} created`
  const parts = [first, `${formatCount(updated)} updated`]
  if (deleted > 0) parts.push(`${formatCount(deleted)} deleted`)
  return `${inWords(parts)} in ${destination}.`
}

function undoneWords({ created, updated, deleted }: PlanAnswer['counts'], destination: string): string {
  const parts = [`put back: ${formatCount(updated)}`, `removed: ${formatCount(deleted)}`]
  if (created > 0) parts.push(`made again: ${formatCount(created)}`)
  return `Records in ${destination} ${inWords(parts)}.`
}

function isNothingUndone({ counts }: PlanAnswer): boolean {
  return counts.created + counts.updated + counts.deleted === 0
}

export type PlanStep = 'wait' | 'nothing' | 'approve' | 'renew' | 'done'

/** What may be done with the plan now. */
export function planStep(plan: PlanAnswer, integrationVersion: number | undefined): PlanStep {
  switch (plan.state) {
    case 'making':
      return 'wait'
    case 'ready':
      if (plan.undoes !== null && isNothingUndone(plan)) return 'nothing'
      return integrationVersion === undefined || integrationVersion === plan.integrationVersion ? 'approve' : 'renew'
    case 'approved':
    case 'applied':
      return 'done'
    default:
      return 'renew'
  }
}
