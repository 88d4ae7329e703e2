/** The write journal: intents before the send, their ends after it, together with links, log and progress of the run. */
import type Database from 'better-sqlite3'
import type {
  BasePatch,
  DeletionEvidence,
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
  UndoPart,
  Unlink,
} from '#main/engine/ports/sync-store.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import type { WriteClass, WriteOperation } from '#shared/model/object.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { createDeletionWriter } from './deletion-writer.ts'
import { createFailedRecords } from './failed-records.ts'
import { createIntegrationNumbers } from './integration-numbers.ts'
import type { LinkWriter } from './link-store.ts'
import { createOpenSources } from './open-sources.ts'
import { createRecordLog, type LogPlace } from './record-log.ts'
import { createRunNumbers } from './run-numbers.ts'
import { createRunProgress } from './run-progress.ts'
import { createUndoWriter } from './undo-writer.ts'

interface IntentRow {
  readonly id: number
  readonly run_id: string
  readonly source_id: string
  readonly source_base: string
  readonly destination_id: string | null
  readonly operation: WriteOperation
  readonly write_class: WriteClass
  readonly idempotency_key: string
  readonly request: string
  readonly before: string | null
  readonly after: string
  readonly facts: string
  readonly state: OpenIntentState
  readonly attempts: number
  readonly first_sent_at: number | null
}

/** Facts without the values, which stand in columns of their own. */
interface StoredFacts extends Omit<IntentFacts, 'source' | 'before' | 'after' | 'nextBase'> {
  /** Null: the same as `after`, as with every create. */
  readonly nextBase: Values | null
  readonly hash: string
  readonly sourceVersion: string | null
}

/** JSON made for the intent and needed again when it is closed; lives no longer than the intent is open. */
interface IntentTexts {
  readonly after: string
  readonly nextBase: string | undefined
}

interface PageNumbers {
  readonly route: Route
  readonly runId: string
  readonly run: number
  readonly integration: number
  readonly atMs: number
}

export interface JournalParts {
  readonly db: Database.Database
  readonly links: LinkWriter
  readonly nowMs: () => number
  readonly flush: () => Promise<void>
  /** See durability.ts. */
  readonly relax: () => void
  readonly insist: () => void
}

export function createJournalStore({ db, links, nowMs, flush, relax, insist }: JournalParts): JournalStore {
  const log = createRecordLog(db)
  const failed = createFailedRecords(db)
  const progress = createRunProgress(db)
  const numbers = createIntegrationNumbers(db)
  const runNumber = createRunNumbers(db)
  const texts = new Map<number, IntentTexts>()
  const insert = db.prepare(`
    insert into intent(run, integration, source_stream, source_id, source_base, destination_stream, destination_id, operation, write_class,
      idempotency_key, request, before, after, facts, state, attempts, first_sent_at, last_sent_at)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const sent = db.prepare<[number, number, number]>(
    `update intent set state = 'sent', attempts = attempts + 1, first_sent_at = coalesce(first_sent_at, ?), last_sent_at = ? where id = ?`,
  )
  const setState = db.prepare<[string, string | null, number]>('update intent set state = ?, error = ? where id = ?')
  // What became of the write stands in the run log: the journal holds open intents only, and stays small.
  const remove = db.prepare<[number]>('delete from intent where id = ?')
  const selectOpen = db.prepare<[number, string, number | null, number | null, number], IntentRow>(`
    select i.id, r.id as run_id, i.source_id, i.source_base, i.destination_id, i.operation, i.write_class, i.idempotency_key, i.request,
      i.before, i.after, i.facts, i.state, i.attempts, i.first_sent_at
    from intent i join run r on r.number = i.run where i.integration = ? and i.state in (select value from json_each(?))
      and (? is null or i.destination_stream = ?) order by i.id limit ?`)
  const openSources = createOpenSources(db)
  const deletions = createDeletionWriter(db)
  const undoWriter = createUndoWriter(db, links)
  const keepWithdrawn = db.prepare<[string, string, string, string, number]>(`
    insert into failed_record(integration, stream, external_id, snapshot, reason, first_at, last_at, attempts)
    select ?, source_stream, source_id, source_base, ?, ?, ?, 1 from intent where integration = ? and state = 'ready' and facts -> '$.undo' is null
    on conflict do nothing`)
  const withdraw = db.prepare<[number]>(`delete from intent where integration = ? and state = 'ready'`)

  const addIntent = (page: PageNumbers, draft: IntentDraft): Intent => {
    const { route, runId, atMs } = page
    const isSent = draft.state === 'sent'
    const { source, before, after, nextBase, ...facts } = draft.facts
    const isSame = nextBase === after
    const stored: StoredFacts = {
      ...facts,
      nextBase: isSame ? null : nextBase,
      hash: source.hash,
      sourceVersion: source.version,
    }
    const afterText = JSON.stringify(after)
    const sentAtMs = isSent ? atMs : null
    openSources.add(route, source.externalId)
    const { lastInsertRowid } = insert.run(
      page.run,
      page.integration,
      route.sourceStream,
      source.externalId,
      source.text,
      route.destinationStream,
      draft.destinationId,
      draft.operation,
      draft.writeClass,
      draft.idempotencyKey,
      draft.request,
      before === null ? null : JSON.stringify(before),
      afterText,
      JSON.stringify(stored),
      draft.state,
      isSent ? 1 : 0,
      sentAtMs,
      sentAtMs,
    )
    const id = Number(lastInsertRowid)
    texts.set(id, { after: afterText, nextBase: isSame ? afterText : undefined })
    return { ...draft, id, runId, attempts: isSent ? 1 : 0, firstSentAtMs: atMs }
  }

  /** Settled: in both directions where there are two, since either side may have waited. */
  const forgetWaiting = (route: Route, sourceId: string, destinationId: string | undefined): void => {
    failed.remove(route, sourceId)
    if (destinationId === undefined) return
    failed.remove(turned(route), destinationId)
  }

  const closeLink = (route: Route, { sourceId, destinationId, isGoneThere }: Unlink, atMs: number): void => {
    const at = new Date(atMs).toISOString()
    if (isGoneThere)
      deletions.unlink({ stream: route.destinationStream, externalId: destinationId, evidence: 'confirmed', at })
    const ofSource = { stream: route.sourceStream, externalId: sourceId, evidence: 'confirmed', at }
    deletions.release(numbers.find(route.integrationId), ofSource)
    failed.remove(route, sourceId)
  }

  /** Written in both directions, a record waits until both have happened: a kill in between must find it again. */
  const forgetWritten = (route: Route, { intent, externalId }: Extract<IntentEnd, { kind: 'written' }>): void => {
    const { source, patches, isOneOfTwo } = intent.facts
    const waitsAs = route.isBack ? turned(route) : route
    const id = route.isBack ? externalId : source.externalId
    if (isOneOfTwo && failed.keepHalf(waitsAs, id, route.isBack ? 'back' : 'forward')) return
    forgetWaiting(route, source.externalId, patches && externalId)
  }

  /** Deleted, the link is closed; marked, it stays, and the next base knows the mark. */
  const bookDeletion = (
    route: Route,
    { intent, externalId, version }: Extract<IntentEnd, { kind: 'written' }>,
    evidence: DeletionEvidence,
    atMs: number,
  ): void => {
    const { source, after } = intent.facts
    const at = new Date(atMs).toISOString()
    const ofSource = { stream: route.sourceStream, externalId: source.externalId, evidence, at }
    if (intent.operation === 'delete') {
      deletions.unlink({ stream: route.destinationStream, externalId, evidence: 'propagated', at })
      deletions.release(numbers.find(route.integrationId), ofSource)
      return
    }
    links.restoreDestination(route, { externalId, version }, { fields: Object.keys(after), values: after })
    deletions.bury(ofSource)
  }

  const recordPage = db.transaction((route: Route, runId: string, batch: PageBatch): Intent[] => {
    const atMs = nowMs()
    for (const agreement of batch.agreements) {
      const { source, destination, patches, isPartial } = agreement
      if (patches) links.agreePartly(route, { source, destination }, patches)
      else links.agree(route, source, destination)
      if (!isPartial) forgetWaiting(route, source.externalId, patches && destination.externalId)
    }
    const integration = batch.intents.length > 0 ? numbers.give(route.integrationId) : 0
    const page = { route, runId, run: runNumber(runId), integration, atMs }
    const intents = batch.intents.map((draft) => addIntent(page, draft))
    for (const record of batch.failed) failed.put(route, record, atMs)
    for (const unlink of batch.unlinks ?? []) closeLink(route, unlink, atMs)
    for (const externalId of batch.returned ?? []) failed.remove(route, externalId)
    log.append(placeOf(route, runId, atMs), batch.records)
    progress.save(runId, batch.progress)
    return intents
  })

  const agreeWritten = (route: Route, end: Extract<IntentEnd, { kind: 'written' }>, baseText?: string): void => {
    const { intent, externalId, version } = end
    const { source, nextBase, patches } = intent.facts
    if (patches) {
      const destination = answered(patches.destination, intent.facts.after, end.values)
      links.agreePartly(route, { source, destination: { externalId, version } }, { ...patches, destination })
    } else links.agree(route, source, { externalId, base: nextBase, version }, baseText)
  }

  const bookUndo = (route: Route, end: Extract<IntentEnd, { kind: 'written' }>, undo: UndoPart, atMs: number): void => {
    const restored = undo.kind === 'restore' ? answered(undo.patch, end.intent.facts.after, end.values) : undefined
    undoWriter.book(route, end, undo, restored, atMs)
  }

  const closeOne = (route: Route, runId: string, end: IntentEnd, atMs: number): void => {
    const { intent } = end
    const { facts } = intent
    const place = placeOf(route, runId, atMs)
    if (end.kind !== 'held') {
      remove.run(intent.id)
      openSources.remove(route, facts.source.externalId)
    }
    if (end.kind === 'written') {
      const text = texts.get(intent.id)
      if (facts.undo) bookUndo(route, end, facts.undo, atMs)
      else if (facts.deletion) bookDeletion(route, end, facts.deletion, atMs)
      else agreeWritten(route, end, text?.nextBase)
      if (!facts.isPartial && !facts.undo) forgetWritten(route, end)
      log.append(place, [writtenRecord(intent, end.externalId)], text?.after)
    } else if (end.kind === 'held') {
      setState.run('held', JSON.stringify(end.error), intent.id)
      log.append(place, [parkedRecord(intent, 'held', end.error)])
    } else if (end.kind === 'rejected') {
      const { source, label } = facts
      // What could not be taken back waits for another plan to undo, not for the next run.
      if (!facts.undo) failed.put(route, { source, label, reason: reasonOf(end.error, end.field) }, atMs)
      log.append(place, [parkedRecord(intent, end.outcome, end.error, end.field)])
    }
  }

  const end = db.transaction((route: Route, runId: string, ends: readonly IntentEnd[], now: RunProgress) => {
    const atMs = nowMs()
    for (const one of ends) closeOne(route, runId, one, atMs)
    progress.save(runId, now)
  })
  const endAndForget = (route: Route, runId: string, ends: readonly IntentEnd[], now: RunProgress): void => {
    end.immediate(route, runId, ends, now)
    for (const { intent } of ends) texts.delete(intent.id)
  }

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
    const integration = numbers.find(integrationId)
    keepWithdrawn.run(integrationId, reason, at, at, integration)
    withdraw.run(integration)
    openSources.forget(integrationId)
  })

  const relaxed = <Result>(work: () => Result): Result => {
    relax()
    return work()
  }
  const strict = (work: () => unknown): void => {
    insist()
    work()
  }

  return {
    withdrawReady: (integrationId) => strict(() => withdrawReady.immediate(integrationId)),
    recordPage: (route, runId, batch) => relaxed(() => recordPage.immediate(route, runId, batch)),
    markSent: (intents) => relaxed(() => markSent.immediate(intents)),
    flush,
    markReady: (intents) => strict(() => markReady.immediate(intents)),
    markUncertain: (intent, error) => strict(() => setState.run('uncertain', JSON.stringify(error), intent.id)),
    end: (route, runId, ends, now) => relaxed(() => endAndForget(route, runId, ends, now)),
    renewDestination: (route, destination) => strict(() => links.renewDestination(route, destination)),
    openIntents: (integrationId, states, limit, destinationStream) =>
      selectOpen
        .all(
          numbers.find(integrationId),
          JSON.stringify(states),
          destinationStream ?? null,
          destinationStream ?? null,
          limit,
        )
        .map(openIntent),
    hasOpenIntent: openSources.has,
    failedRecords: (route, before, limit): readonly FailedRecord[] => failed.list(route, before, limit),
  }
}

function turned({ sourceStream, destinationStream, ...route }: Route): Route {
  return { ...route, sourceStream: destinationStream, destinationStream: sourceStream }
}

function placeOf(route: Route, runId: string, atMs: number): LogPlace {
  return { runId, atMs, isBack: route.isBack === true }
}

/** A service that answers with what it holds now says how it writes what it was sent: that is the base, not our way to write it. */
function answered(patch: BasePatch, sent: Values, values: Values | undefined): BasePatch {
  if (!values) return patch
  const held = patch.fields.flatMap((field) => {
    const value = field in sent ? values[field] : undefined
    return value === undefined ? [] : [[field, value] as const]
  })
  return { ...patch, values: { ...patch.values, ...Object.fromEntries(held) } }
}

function openIntent(row: IntentRow): OpenIntent {
  // Written by `addIntent` above.
  const { hash, sourceVersion, nextBase, ...facts } = JSON.parse(row.facts) as StoredFacts
  const after = JSON.parse(row.after) as Values
  const before = row.before === null ? null : (JSON.parse(row.before) as Values)
  const base = JSON.parse(row.source_base) as Values
  const source = { externalId: row.source_id, base, text: row.source_base, hash, version: sourceVersion }
  return {
    id: row.id,
    runId: row.run_id,
    operation: row.operation,
    writeClass: row.write_class,
    destinationId: row.destination_id,
    idempotencyKey: row.idempotency_key,
    request: row.request,
    facts: { ...facts, before, after, nextBase: nextBase ?? after, source },
    state: row.state,
    attempts: row.attempts,
    firstSentAtMs: row.first_sent_at ?? 0,
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
    reason: facts.reason ?? null,
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
