/** What the home screen says: one sentence of health, and what needs a person, most pressing first. */

import { countOf, formatCount } from '#renderer/ui/format.ts'
import { needsPerson } from '#renderer/ui/run-view.ts'
import type { Tone } from '#renderer/ui/tone.ts'
import type { Output } from '#shared/contract/contract.ts'

export type Status = Output<'system.status'>
export type Integration = Output<'integrations.get'>
export type Connection = Output<'connections.get'>

export interface Need {
  readonly id: string
  readonly tone: Tone
  readonly title: string
  readonly line: string
  readonly href: string
}

export interface HomeFacts {
  readonly status: Status
  readonly integrations: readonly Integration[]
  readonly connections: readonly Connection[]
}

/** Nothing is set up yet: the screen offers doors instead of a state. */
export function isFirstVisit({ integrations, connections }: HomeFacts): boolean {
  return integrations.length === 0 && connections.length === 0
}

/** The sample business was begun, but its key could not be stored: starting it again finishes it. */
export function isSampleUnfinished({ connections }: HomeFacts): boolean {
  return connections.some((connection) => connection.environment === 'practice' && missingKeys(connection).length > 0)
}

/** The database is an earlier one, and not every integration has been looked at since. */
export function wasPutBack({ status, integrations }: HomeFacts): boolean {
  return status.restoredAt !== null && integrations.some(({ isApproved }) => !isApproved)
}

export function needs(facts: HomeFacts): readonly Need[] {
  const found = [
    ...vaultNeed(facts.status),
    ...facts.connections.flatMap(keyNeed),
    ...facts.integrations.flatMap(integrationNeed),
  ]
  const order: readonly Tone[] = ['bad', 'warn', 'info', 'ok', 'quiet']
  return found.toSorted((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone))
}

/** Health in one sentence. */
export function health(facts: HomeFacts, needed: readonly Need[]): { readonly tone: Tone; readonly sentence: string } {
  const { runningCount } = facts.status
  const running =
    runningCount === 0
      ? ''
      : ` ${runningCount === 1 ? 'One integration is' : `${formatCount(runningCount)} integrations are`} at work right now.`
  const stopped = needed.filter((need) => need.tone === 'bad').length
  if (stopped > 0)
    return {
      tone: 'bad',
      sentence: `${stopped === 1 ? 'One thing has' : `${formatCount(stopped)} things have`} stopped and ${stopped === 1 ? 'needs' : 'need'} you.${running}`,
    }
  if (needed.length > 0 && needed.every((need) => need.tone === 'info')) {
    const open = needed.length === 1 ? 'one next step is' : `${formatCount(needed.length)} next steps are`
    return { tone: 'info', sentence: `All is well; ${open} open.${running}` }
  }
  if (needed.length > 0)
    return {
      tone: 'warn',
      sentence: `Nothing has stopped; ${needed.length === 1 ? 'one thing waits' : `${formatCount(needed.length)} things wait`} for you.${running}`,
    }
  const hasRun = facts.integrations.some((integration) => integration.lastRun !== null)
  if (!hasRun) return { tone: 'info', sentence: `Ready. Nothing has run yet.${running}` }
  return { tone: 'ok', sentence: `Every last run went through.${running}` }
}

export type Scheduled = Output<'schedules.list'>['schedules'][number]

export interface NextRun {
  readonly integrationId: string
  readonly name: string
  readonly due: NonNullable<Scheduled['nextDue']>
  readonly sentence: string
  readonly isPaused: boolean
  readonly isApproved: boolean
}

const shownNext = 5

/** The next due times, soonest first; those that are paused come last, since they start nothing. */
export function nextRuns(schedules: readonly Scheduled[]): readonly NextRun[] {
  return schedules
    .flatMap(({ integrationId, name, nextDue, sentence, pausedAt, isApproved }) =>
      nextDue
        ? [{ integrationId, name, due: nextDue, sentence: sentence ?? '', isPaused: pausedAt !== null, isApproved }]
        : [],
    )
    .sort((a, b) => Number(a.isPaused) - Number(b.isPaused) || a.due.at.localeCompare(b.due.at))
    .slice(0, shownNext)
}

function vaultNeed({ vault }: Status): readonly Need[] {
  if (vault.state !== 'locked' && vault.state !== 'unavailable') return []
  return [
    {
      id: 'vault',
      tone: 'bad',
      title: 'The stored keys are locked',
      line: `${vault.reason} Runs that need them wait; nothing is lost.`,
      href: '/unlock',
    },
  ]
}

function missingKeys(connection: Connection): Connection['secrets'] {
  return connection.secrets.filter((secret) => !secret.isSet && !secret.isOptional)
}

function keyNeed(connection: Connection): readonly Need[] {
  const missing = missingKeys(connection)
  if (missing.length === 0 || connection.environment === 'practice') return []
  const names = missing.map((secret) => secret.label).join(', ')
  return [
    {
      id: `key-${connection.id}`,
      tone: 'warn',
      title: `${connection.name} has no key yet`,
      line: `Still to be entered: ${names}.`,
      href: `/connections/${connection.id}`,
    },
  ]
}

function integrationNeed(integration: Integration): readonly Need[] {
  const { lastPlan, lastRun } = integration
  if (lastPlan?.state === 'ready' && lastPlan.integrationVersion === integration.version)
    return [planNeed(integration, lastPlan)]
  if (lastRun) return runNeed(integration, lastRun)
  if (integration.isApproved || lastPlan?.state === 'making') return []
  return [
    {
      id: `first-${integration.id}`,
      tone: 'info',
      title: integration.name,
      line: 'Make its first plan: you see every change before anything is written.',
      href: `/integrations/${integration.id}`,
    },
  ]
}

function planNeed(integration: Integration, plan: NonNullable<Integration['lastPlan']>): Need {
  const { created, updated } = plan.counts
  const words =
    created + updated === 0
      ? 'It would write nothing.'
      : `It would create ${formatCount(created)} and update ${formatCount(updated)}.`
  return {
    id: `plan-${plan.id}`,
    tone: 'warn',
    title: integration.name,
    line: `A plan waits for your approval. ${words}`,
    href: `/plans/${plan.id}`,
  }
}

function runNeed(integration: Integration, run: NonNullable<Integration['lastRun']>): readonly Need[] {
  const base = { id: `run-${run.id}`, title: integration.name, href: `/runs/${run.id}` }
  if (run.state === 'failed')
    return [{ ...base, tone: 'bad', line: `The last run stopped. ${run.error?.message ?? ''}`.trim() }]
  if (run.state === 'interrupted')
    return [{ ...base, tone: 'warn', line: 'The last run was interrupted. It goes on where it stopped.' }]
  const waiting = needsPerson(run.counts)
  if (waiting === 0 || run.state === 'running') return []
  return [
    {
      ...base,
      tone: 'warn',
      line: `${countOf(waiting, 'record', 'records')} of the last run ${waiting === 1 ? 'was' : 'were'} held or failed.`,
    },
  ]
}
