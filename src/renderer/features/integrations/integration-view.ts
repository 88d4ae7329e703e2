/** An integration for the screen: its state in one mark, its route in words, and the one next step that makes sense. */

import { formatCount } from '#renderer/ui/format.ts'
import { type Mark, needsPerson, needYou, runMark, runSentence } from '#renderer/ui/run-view.ts'
import { fieldLabel } from '#renderer/ui/value-view.ts'
import type { Output } from '#shared/contract/contract.ts'
import { text } from './text.ts'

export type Integration = Output<'integrations.get'>

/** What a person would do next with it. */
export type NextStep =
  | { readonly kind: 'first' | 'changed' }
  | { readonly kind: 'run' }
  | { readonly kind: 'making' | 'approve'; readonly planId: string; readonly words: string }
  | { readonly kind: 'goOn'; readonly runId: string }
  | { readonly kind: 'running'; readonly runId: string }

export function nextStep(integration: Integration): NextStep {
  const { lastRun, lastPlan, isApproved, isChangedSinceApproval, version } = integration
  if (lastRun?.state === 'running') return { kind: 'running', runId: lastRun.id }
  if (lastPlan?.state === 'making') return { kind: 'making', planId: lastPlan.id, words: text.steps.making.words }
  if (lastPlan?.state === 'ready' && lastPlan.integrationVersion === version) {
    return { kind: 'approve', planId: lastPlan.id, words: planSentence(lastPlan.counts) }
  }
  if (lastRun?.state === 'interrupted' || lastRun?.state === 'paused') return { kind: 'goOn', runId: lastRun.id }
  if (isApproved) return { kind: 'run' }
  return { kind: isChangedSinceApproval ? 'changed' : 'first' }
}

/** 'It would create 12 and update 3 records; 385 are already right.' */
export function planSentence(counts: NonNullable<Integration['lastPlan']>['counts']): string {
  const { created, updated, unchanged } = counts
  const written =
    created + updated === 0
      ? 'It would write nothing'
      : `It would create ${formatCount(created)} and update ${formatCount(updated)}`
  const right = unchanged === 0 ? '' : `; ${formatCount(unchanged)} ${unchanged === 1 ? 'is' : 'are'} already right`
  const waiting = needsPerson(counts)
  return `${written}${right}.${waiting === 0 ? '' : ` ${needYou(waiting)}.`}`
}

export function integrationMark(integration: Integration): Mark {
  const step = nextStep(integration)
  switch (step.kind) {
    case 'first':
      return { tone: 'info', word: 'Needs a first plan' }
    case 'changed':
      return { tone: 'warn', word: 'Needs a new plan' }
    case 'making':
      return { tone: 'info', word: 'Plan being made' }
    case 'approve':
      return { tone: 'warn', word: 'Plan waits for you' }
    default:
      return integration.lastRun ? runMark(integration.lastRun) : { tone: 'ok', word: 'Ready' }
  }
}

/** 'Customers in Customer list → Contact in Practice CRM'. */
export function routeWords(integration: Integration, connectionNames: ReadonlyMap<string, string>): string {
  const [source, destination] = [integration.source, integration.destination].map((end) =>
    endWords(end, connectionNames),
  )
  const route = integration.pattern === 'two-way' ? text.bothWays : text.route
  return route(source ?? '', destination ?? '')
}

export function endWords(end: Integration['source'], connectionNames: ReadonlyMap<string, string>): string {
  return text.object(fieldLabel(end.object), connectionNames.get(end.connection) ?? end.connection)
}

export function lastWords(integration: Integration): string {
  return integration.lastRun ? text.last(runSentence(integration.lastRun)) : text.never
}
