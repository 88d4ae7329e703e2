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
  link: 'quiet',
  hold: 'warn',
  fail: 'bad',
}

export function planTiles({ counts }: PlanAnswer): readonly CountTile[] {
  const tile = (action: PlanAction, count: number): CountTile => ({
    key: action,
    label: text.action[action],
    count,
    tone: actionTones[action],
    isListed: true,
  })
  const skipped: CountTile = {
    key: 'skipped',
    label: text.skipped,
    count: counts.skipped,
    tone: 'quiet',
    isListed: false,
  }
  return [
    tile('create', counts.created),
    tile('update', counts.updated),
    { key: 'unchanged', label: text.unchanged, count: counts.unchanged, tone: 'quiet', isListed: false },
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

export function itemView(item: PlanItemAnswer): RecordView {
  const view = recordView(item, { word: text.action[item.action], tone: actionTones[item.action] })
  return item.isBack ? { ...view, ids: text.back(view.ids) } : view
}

/** 'A run would create 12 and update 3 records.' */
export function planLead(plan: PlanAnswer): string {
  const { created, updated } = plan.counts
  if (plan.state === 'making') return text.making(countOf(plan.readCount, 'record', 'records'))
  if (created + updated === 0) return 'Both sides already agree: a run would write nothing.'
  const tense = plan.state === 'ready' ? text.promise : ''
  return `A run would create ${formatCount(created)} and update ${countOf(updated, 'record', 'records')}. ${tense}`.trim()
}

/** What approving means, before it is done: who is written to, how much, and what is left for later. */
export function approvalWords(plan: PlanAnswer, destination: string): string {
  const { created, updated } = plan.counts
  const written = `${formatCount(created)} ${created === 1 ? 'record is' : 'records are'} created and ${formatCount(updated)} updated in ${destination}.`
  const waiting = needsPerson(plan.counts)
  const left =
    waiting === 0
      ? ''
      : ` ${countOf(waiting, 'record is', 'records are')} left alone because ${waiting === 1 ? 'it needs' : 'they need'} you.`
  return `${written}${left}`
}

export type PlanStep = 'wait' | 'approve' | 'renew' | 'done'

/** What may be done with the plan now. */
export function planStep(plan: PlanAnswer, integrationVersion: number | undefined): PlanStep {
  switch (plan.state) {
    case 'making':
      return 'wait'
    case 'ready':
      return integrationVersion === undefined || integrationVersion === plan.integrationVersion ? 'approve' : 'renew'
    case 'approved':
    case 'applied':
      return 'done'
    default:
      return 'renew'
  }
}
