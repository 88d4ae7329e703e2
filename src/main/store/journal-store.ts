/** The write journal: intents before the send, their ends after it, together with links, log and progress of the run. */
import type Database from 'better-sqlite3'
import type {
  FailedRecord,
  Intent,
  IntentDraft,
  IntentEnd,
  IntentFacts,
  JournalStore,
  OpenIntent,
  OpenIntentState,
  PageBatch,
  Route,
  RunProgress,
} from '#main/engine/ports/sync-store.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import type { WriteClass, WriteOperation } from '#shared/model/object.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { createFailedRecords } from './failed-records.ts'
import type { LinkWriter } from './link-store.ts'
import { createOpenSources } from './open-sources.ts'
import { createRecordLog } from './record-log.ts'
import { createRunProgress } from './run-progress.ts'

interface IntentRow {
  readonly id: number
  readonly run: string
  readonly source_id: string
  readonly source_base: string
  readonly destination_id: string | null
  readonly operation: WriteOperation
  readonly write_class: WriteClass
  readonly idempotency_key: string
  readonly request: string
  readonly facts: string
  readonly state: OpenIntentState
  readonly attempts: number
  readonly first_sent_at: number | null
  readonly last_sent_at: number | null
}

/** Facts without the source's values, which stand in a column of their own. */
interface StoredFacts extends Omit<IntentFacts, 'source' | 'nextBase'> {
  /** Null: the same as `after`, as with every create. */
  readonly nextBase: Values | null
  readonly hash: string
  readonly sourceVersion: string | null
}

export interface JournalParts {
  readonly db: Database.Database
  readonly links: LinkWriter
  readonly nowMs: () => number
  readonly flush: () => Promise<void>
}

export function createJournalStore({ db, links, nowMs, flush }: JournalParts): JournalStore {
  const log = createRecordLog(db)
  const failed = createFailedRecords(db)
  const progress = createRunProgress(db)
  const insert = db.prepare(`
    insert into intent(run, integration, source_stream, source_id, source_base, destination_stream, destination_id, operation, write_class,
      idempotency_key, request, facts, state, attempts, first_sent_at, last_sent_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const sent = db.prepare<[number, number, number]>(
    `update intent set state = 'sent', attempts = attempts + 1, first_sent_at = coalesce(first_sent_at, ?), last_sent_at = ? where id = ?`,
  )
  const setState = db.prepare<[string, string | null, number]>('update intent set state = ?, error = ? where id = ?')
  // The request and the facts have done their duty; the row stays as the proof that the write took place.
  const closeIntent = db.prepare<[string, string | null, string | null, number]>(
    `update intent set state = ?, destination_id = coalesce(?, destination_id), error = ?, request = null, facts = null, source_base = null where id = ?`,
  )
  const selectOpen = db.prepare<[string, string, number], IntentRow>(`
    select id, run, source_id, source_base, destination_id, operation, write_class, idempotency_key, request, facts, state, attempts, first_sent_at, last_sent_at
    from intent where integration = ? and state in ('ready', 'sent', 'uncertain', 'held')
      and state in (select value from json_each(?)) order by id limit ?`)
  const openSources = createOpenSources(db)
  const keepWithdrawn = db.prepare<[string, string, string, string]>(`
    insert into failed_record(integration, stream, external_id, snapshot, reason, first_at, last_at, attempts)
    select integration, source_stream, source_id, source_base, ?, ?, ?, 1 from intent where integration = ? and state = 'ready'
    on conflict do nothing`)
  const withdraw = db.prepare<[string]>(
    `update intent set state = 'withdrawn', request = null, facts = null, source_base = null where integration = ? and state = 'ready'`,
  )

  const addIntent = (route: Route, runId: string, draft: IntentDraft, atMs: number): Intent => {
    const isSent = draft.state === 'sent'
    const { source, nextBase, ...facts } = draft.facts
    const stored: StoredFacts = {
      ...facts,
      nextBase: nextBase === facts.after ? null : nextBase,
      hash: source.hash,
      sourceVersion: source.version,
    }
    const sentAtMs = isSent ? atMs : null
    openSources.add(route, source.externalId)
    const { lastInsertRowid } = insert.run(
      runId,
      route.integrationId,
      route.sourceStream,
      source.externalId,
      source.text,
      route.destinationStream,
      draft.destinationId,
      draft.operation,
      draft.writeClass,
      draft.idempotencyKey,
      draft.request,
      JSON.stringify(stored),
      draft.state,
      isSent ? 1 : 0,
      sentAtMs,
      sentAtMs,
    )
    return {
      ...draft,
      id: Number(lastInsertRowid),
      runId,
      attempts: isSent ? 1 : 0,
      firstSentAtMs: atMs,
      lastSentAtMs: atMs,
    }
  }

  const recordPage = db.transaction((route: Route, runId: string, batch: PageBatch): Intent[] => {
    const atMs = nowMs()
    for (const { source, destination } of batch.agreements) {
      links.agree(route, source, destination)
      failed.remove(route, source.externalId)
    }
    const intents = batch.intents.map((draft) => addIntent(route, runId, draft, atMs))
    for (const record of batch.failed) failed.put(route, record, atMs)
    log.append(runId, batch.records, atMs)
    progress.save(runId, batch.progress)
    return intents
  })

  const closeOne = (route: Route, runId: string, end: IntentEnd, atMs: number): void => {
    const { intent } = end
    const { facts } = intent
    if (end.kind !== 'held') openSources.remove(route, facts.source.externalId)
    if (end.kind === 'written') {
      closeIntent.run('done', end.externalId, null, intent.id)
      links.agree(route, facts.source, { externalId: end.externalId, base: facts.nextBase, version: end.version })
      failed.remove(route, facts.source.externalId)
      log.append(runId, [writtenRecord(intent, end.externalId)], atMs)
    } else if (end.kind === 'withdrawn') closeIntent.run('withdrawn', null, null, intent.id)
    else if (end.kind === 'held') {
      setState.run('held', JSON.stringify(end.error), intent.id)
      log.append(runId, [parkedRecord(intent, 'held', end.error)], atMs)
    } else {
      closeIntent.run('rejected', null, JSON.stringify(end.error), intent.id)
      failed.put(route, { source: facts.source, reason: reasonOf(end.error, end.field) }, atMs)
      log.append(runId, [parkedRecord(intent, end.outcome, end.error, end.field)], atMs)
    }
  }

  const end = db.transaction((route: Route, runId: string, ends: readonly IntentEnd[], now: RunProgress) => {
    const atMs = nowMs()
    for (const one of ends) closeOne(route, runId, one, atMs)
    progress.save(runId, now)
  })

  const markSent = db.transaction((intents: readonly Intent[]) => {
    const atMs = nowMs()
    for (const intent of intents) sent.run(atMs, atMs, intent.id)
  })
  const markReady = db.transaction((intents: readonly Intent[]) => {
    for (const intent of intents) setState.run('ready', null, intent.id)
  })

  const withdrawReady = db.transaction((integrationId: string) => {
    const at = new Date(nowMs()).toISOString()
    const reason = JSON.stringify({ code: 'cancelled', message: 'The run was cancelled before this record was sent.' })
    keepWithdrawn.run(reason, at, at, integrationId)
    withdraw.run(integrationId)
    openSources.forget(integrationId)
  })

  return {
    withdrawReady: (integrationId) => withdrawReady.immediate(integrationId),
    recordPage: (route, runId, batch) => withoutSync(db, () => recordPage.immediate(route, runId, batch)),
    markSent: (intents) => withoutSync(db, () => markSent.immediate(intents)),
    flush,
    markReady: (intents) => markReady.immediate(intents),
    markUncertain: (intent, error) => setState.run('uncertain', JSON.stringify(error), intent.id),
    end: (route, runId, ends, now) => withoutSync(db, () => end.immediate(route, runId, ends, now)),
    renewDestination: (route, destination) => links.renewDestination(route, destination),
    openIntents: (integrationId, states, limit) =>
      selectOpen.all(integrationId, JSON.stringify(states), limit).map(openIntent),
    hasOpenIntent: openSources.has,
    failedRecords: (route, before, limit): readonly FailedRecord[] => failed.list(route, before, limit),
  }
}

/**
 * Commits without waiting for the disk. Intents are flushed before anything leaves (`flush`). Answers need not be:
 * should the power fail before they are on the disk, the intent still stands as sent and is found out like any other.
 */
function withoutSync<Result>(db: Database.Database, work: () => Result): Result {
  db.pragma('synchronous = NORMAL')
  try {
    return work()
  } finally {
    db.pragma('synchronous = FULL')
  }
}

function openIntent(row: IntentRow): OpenIntent {
  // Written by `addIntent` above.
  const { hash, sourceVersion, nextBase, ...facts } = JSON.parse(row.facts) as StoredFacts
  const base = JSON.parse(row.source_base) as Values
  const source = { externalId: row.source_id, base, text: row.source_base, hash, version: sourceVersion }
  return {
    id: row.id,
    runId: row.run,
    operation: row.operation,
    writeClass: row.write_class,
    destinationId: row.destination_id,
    idempotencyKey: row.idempotency_key,
    request: row.request,
    facts: { ...facts, nextBase: nextBase ?? facts.after, source },
    state: row.state,
    attempts: row.attempts,
    firstSentAtMs: row.first_sent_at ?? 0,
    lastSentAtMs: row.last_sent_at ?? 0,
  }
}

function writtenRecord(intent: Intent, externalId: string) {
  const { facts } = intent
  const outcome =
    intent.operation === 'update'
      ? ('updated' as const)
      : intent.operation === 'delete'
        ? ('deleted' as const)
        : ('created' as const)
  return {
    outcome,
    sourceId: facts.source.externalId,
    destinationId: externalId,
    label: facts.label,
    before: facts.before,
    after: facts.after,
    reason: null,
  }
}

function parkedRecord(intent: Intent, outcome: 'held' | 'failed', error: ErrorInfo, field?: string) {
  const { facts } = intent
  return {
    outcome,
    sourceId: facts.source.externalId,
    destinationId: intent.destinationId,
    label: facts.label,
    before: facts.before,
    after: facts.after,
    reason: reasonOf(error, field),
  }
}

function reasonOf(error: ErrorInfo, field?: string): RecordReason {
  return {
    code: error.code,
    message: error.message,
    ...(field === undefined ? {} : { field }),
    ...(error.next === undefined ? {} : { next: error.next }),
  }
}
