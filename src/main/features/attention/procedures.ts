/** What needs a person, as the renderer and the command line see it. */
import type { Clock } from '#main/engine/ports/surroundings.ts'
import type { LeftOut, WaitingKey, WaitingRecord } from '#main/store/decision-store.ts'
import type { Store } from '#main/store/open-store.ts'
import { storedIntegration } from '#main/use-cases/build-job.ts'
import type { Definitions } from '#main/use-cases/definitions.ts'
import { settleHeldWrite } from '#main/use-cases/held-writes.ts'
import type { IntegrationRuns } from '#main/use-cases/integration-runs.ts'
import type { attentionContract, RecordKey } from '#shared/contract/attention.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import { AppError } from '#shared/errors.ts'
import { agreedAtOf } from './agreed-at.ts'
import { conflictProcedures } from './conflict-procedures.ts'
import { heldWrites, routesOf } from './held-write-views.ts'
import { keyOf, notWaiting, sideOf } from './record-keys.ts'

export interface AttentionParts {
  readonly store: Store
  readonly definitions: Pick<Definitions, 'saveIntegration'>
  readonly integrationRuns: IntegrationRuns
  readonly clock: Clock
  readonly publish: (event: AppEvent) => void
}

const mostCorrections = 1_000

export function attentionProcedures({
  store,
  definitions,
  integrationRuns,
  clock,
  publish,
}: AttentionParts): HandlersOf<keyof typeof attentionContract> {
  const changed = (integrationId: string): void => publish({ name: 'attention.changed', payload: { integrationId } })

  const view = <Kept extends WaitingKey>(kept: Kept) => {
    const { stream: _stream, ...rest } = kept
    const side = sideOf(store, kept)
    return side ? [{ ...rest, side }] : []
  }

  /** Where the next page begins; null at the end. */
  const nextOf = (page: readonly WaitingKey[], limit: number): RecordKey | null => {
    const last = page.length < limit ? undefined : page.at(-1)
    if (!last) return null
    return { integrationId: last.integrationId, side: sideOf(store, last) ?? 'source', externalId: last.externalId }
  }

  const queryOf = ({ integrationId, after, limit }: { integrationId?: string; after?: RecordKey; limit: number }) => ({
    limit,
    ...(integrationId !== undefined && { integrationId }),
    ...(after && { after: keyOf(store, after) }),
  })

  const now = (): string => new Date(clock.now()).toISOString()

  return {
    ...conflictProcedures({ store, definitions, now, publish }),
    'attention.writes': () => ({ writes: [...heldWrites(store)] }),
    'attention.settle-write': ({ integrationId, writeId, isBack, choice, externalId }) => {
      if (integrationRuns.isBusy(integrationId)) throw busy()
      const [forward, back] = routesOf(store, storedIntegration(store, integrationId))
      const route = isBack ? back : forward
      const parts = { journal: store.journal, runs: store.runs, decisions: store.decisions, now }
      settleHeldWrite(parts, { route, intentId: writeId, choice, ...(externalId !== undefined && { externalId }) })
      changed(integrationId)
      return {}
    },
    'attention.correct': ({ record, field, value }) => {
      const key = keyOf(store, record)
      const waiting = store.decisions.waitingOne(key)
      if (!waiting || !(field in waiting.values))
        throw notWaiting('This value does not wait for a correction any more.')
      const was = waiting.values[field] ?? null
      store.corrections.put({ ...key, field, was, value, label: waiting.label, at: now() })
      changed(record.integrationId)
      return {}
    },
    'attention.corrections': () => ({ corrections: store.corrections.list(mostCorrections).flatMap(view) }),
    'attention.withdraw-correction': ({ record, field }) => {
      if (!store.corrections.remove(keyOf(store, record), field)) throw notWaiting('There is no such correction.')
      changed(record.integrationId)
      return {}
    },
    'attention.list': (input) => {
      const page: readonly WaitingRecord[] = store.decisions.waiting(queryOf(input))
      return {
        records: page.flatMap(view).map((record) => ({ ...record, agreedAt: agreedAtOf(store.runs, record) })),
        count: store.decisions.countWaiting(),
        gone: [...store.decisions.countGone()],
        next: nextOf(page, input.limit),
      }
    },
    'attention.left-out': (input) => {
      const page: readonly LeftOut[] = store.decisions.leftOut(queryOf(input))
      return { records: page.flatMap(view), next: nextOf(page, input.limit) }
    },
    'attention.decide': ({ record, decision }) => {
      const key = keyOf(store, record)
      // What was deleted before takes part again as if it were new.
      const isReadmitted = decision === 'source' && store.decisions.waitingOne(key)?.reason.code === 'came-back'
      const isDone = isReadmitted ? store.decisions.readmit(key, now()) : store.decisions.decide(key, decision, now())
      if (!isDone) throw notWaiting('This record does not wait for a decision any more.')
      changed(record.integrationId)
      return {}
    },
    'attention.decide-gone': ({ integrationId, decision }) => {
      const count = store.decisions.decideGone(integrationId, decision, now())
      changed(integrationId)
      return { count }
    },
    'attention.withdraw': ({ record }) => {
      if (!store.decisions.withdraw(keyOf(store, record))) throw notWaiting('There is no decision about this record.')
      changed(record.integrationId)
      return {}
    },
  }
}

function busy(): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'already-running',
    message: 'The integration is running right now.',
    kept: 'Nothing was changed.',
    next: 'Decide when the run has ended.',
  })
}
