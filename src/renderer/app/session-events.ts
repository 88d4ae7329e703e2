/** Which answers an event makes stale, and the gathering of many events into one round of asking. */
import type { ProcedureName } from '#shared/contract/contract.ts'
import type { AppEvent, EventMessage } from '#shared/contract/events.ts'
import { assertNever } from '#shared/errors.ts'

/** Answers to ask again: those of `procedures` whose input does not name another `id`. */
export interface Stale {
  readonly procedures: readonly ProcedureName[]
  /** Only answers about this run or plan, where their input names one. */
  readonly id?: string
}

const definitionAnswers = [
  'connections.list',
  'connections.get',
  'connections.objects',
  'connections.samples',
  'integrations.list',
  'integrations.get',
  'integrations.definition',
  'integrations.versions',
  'schedules.list',
  'system.status',
] as const satisfies readonly ProcedureName[]

/** What has to be asked again after an event. */
export function staleAfter(event: AppEvent): readonly Stale[] {
  switch (event.name) {
    case 'run.changed':
      return [
        { procedures: ['runs.records', 'runs.causes'], id: event.payload.runId },
        {
          procedures: [
            // Of every run: this one may take another back.
            'runs.get',
            'runs.list',
            'attention.list',
            'attention.writes',
            'attention.left-out',
            'integrations.list',
            'integrations.get',
            'schedules.list',
            'system.status',
          ],
        },
      ]
    case 'plan.changed':
      return [
        { procedures: ['plans.get', 'plans.items'], id: event.payload.planId },
        { procedures: ['plans.list', 'integrations.list', 'integrations.get', 'system.status'] },
      ]
    case 'definitions.changed':
      return [{ procedures: definitionAnswers }]
    case 'schedule.changed':
      return [{ procedures: ['schedules.list', 'schedules.slots'] }]
    case 'attention.changed':
      return [
        {
          procedures: [
            'attention.list',
            'attention.writes',
            'attention.left-out',
            'attention.corrections',
            'integrations.list',
            'integrations.get',
          ],
        },
      ]
    case 'vault.changed':
      return [{ procedures: ['system.status', 'connections.list', 'connections.get', 'connections.objects'] }]
    case 'practice.changed':
      return [{ procedures: definitionAnswers }]
    default:
      return assertNever(event, 'event')
  }
}

/** Whether the answer kept under this query key is stale. */
export function isStale(queryKey: readonly unknown[], stale: Stale): boolean {
  const [name, input] = queryKey
  if (!stale.procedures.some((procedure) => procedure === name)) return false
  if (stale.id === undefined) return true
  return typeof input === 'object' && input !== null && Object.values(input).includes(stale.id)
}

export interface StaleGatherer {
  readonly add: (message: EventMessage) => void
  readonly stop: () => void
}

/**
 * Gathers the events of `waitMs` and then reports once: what is stale, or 'everything' after missed events.
 * A run that writes 200 records a second makes two rounds of asking, not 200.
 */
export function gatherStale(report: (stale: readonly Stale[] | 'everything') => void, waitMs: number): StaleGatherer {
  let gathered = new Map<string, Stale>()
  let isEverything = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = (): void => {
    timer = undefined
    report(isEverything ? 'everything' : [...gathered.values()])
    gathered = new Map()
    isEverything = false
  }

  return {
    add: (message) => {
      if (message.kind === 'trouble') return
      if (message.kind === 'resync') isEverything = true
      else for (const stale of staleAfter(message.event)) gathered.set(JSON.stringify(stale), stale)
      timer ??= setTimeout(flush, waitMs)
    },
    stop: () => clearTimeout(timer),
  }
}
