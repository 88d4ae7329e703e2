/**
 * Writes whose answer never came and that nothing can find out about: they wait for a person, and keep their record from
 * being written again. What the person says is booked like an answer of the service.
 */
import type { IntentEnd, JournalStore, OpenIntent, Route } from '#main/engine/ports/sync-store.ts'
import type { DecisionStore } from '#main/store/decision-store.ts'
import type { RunRepository } from '#main/store/run-store.ts'
import { AppError, type ErrorInfo } from '#shared/errors.ts'
import type { HeldWriteChoice } from '#shared/model/decision.ts'

export interface HeldWritesParts {
  readonly journal: JournalStore
  readonly runs: RunRepository
  readonly decisions: DecisionStore
  readonly now: () => string
}

export interface SettleRequest {
  readonly route: Route
  readonly intentId: number
  readonly choice: HeldWriteChoice
  /** For a record that was made: its id at the destination. */
  readonly externalId?: string
}

const mostHeld = 10_000

/** Held writes into the destination of this route, oldest first. */
export function heldWritesOf(journal: JournalStore, route: Route, limit = mostHeld): readonly OpenIntent[] {
  return journal.openIntents(route.integrationId, ['held'], limit, route.destinationStream)
}

/**
 * Books what a person found out. Throws AppError: `not-held` (it is settled already), `run-not-ended`, `id-needed`.
 * The integration must not be running.
 */
export function settleHeldWrite(parts: HeldWritesParts, request: SettleRequest): void {
  const { route, choice } = request
  const intent = heldWritesOf(parts.journal, route).find(({ id }) => id === request.intentId)
  if (!intent) throw notHeld()
  const sent = { ...intent, state: 'sent' as const }
  // The next run sends exactly the same request.
  if (choice === 'send-again') {
    parts.journal.markReady([sent])
    return
  }
  const run = parts.runs.get(intent.runId)
  if (!run || run.state === 'running' || run.state === 'paused' || run.state === 'interrupted') throw runNotEnded()
  const end: IntentEnd =
    choice === 'arrived'
      ? { kind: 'written', intent: sent, externalId: idOf(intent, request), version: null }
      : { kind: 'rejected', intent: sent, outcome: 'failed', error: leftOut }
  const outcome = choice === 'leave-out' ? 'failed' : outcomeOf(intent)
  const counts = { ...run.counts, held: Math.max(0, run.counts.held - 1), [outcome]: run.counts[outcome] + 1 }
  const progress = { position: { kind: 'end' as const }, readCount: run.readCount, counts, serverTime: null }
  parts.journal.end(route, intent.runId, [end], progress)
  if (choice !== 'leave-out') return
  const { externalId } = intent.facts.source
  const key = { integrationId: route.integrationId, stream: route.sourceStream, externalId }
  parts.decisions.decide(key, 'skip', parts.now())
}

function outcomeOf({ operation }: OpenIntent): 'created' | 'updated' | 'deleted' {
  if (operation === 'delete') return 'deleted'
  return operation === 'update' ? 'updated' : 'created'
}

function idOf(intent: OpenIntent, { externalId }: SettleRequest): string {
  const id = intent.destinationId ?? externalId?.trim()
  if (id) return id
  throw new AppError({
    kind: 'config',
    code: 'id-needed',
    message: 'A record that was made can only be linked by its number at the destination.',
    kept: 'Nothing was changed; the write still waits.',
    next: 'Look the record up there and enter its number, or leave it out.',
  })
}

const leftOut: ErrorInfo = {
  kind: 'data',
  code: 'left-out',
  message: 'Whether this write arrived is not known; the record was left out by hand.',
}

function notHeld(): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'not-held',
    message: 'This write does not wait any more.',
    kept: 'Nothing was changed.',
    next: 'Look at the list again.',
  })
}

function runNotEnded(): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'run-not-ended',
    message: 'The run that sent this write has not ended yet.',
    kept: 'Nothing was changed; the write still waits.',
    next: 'Let the run go on or cancel it, then decide.',
  })
}
