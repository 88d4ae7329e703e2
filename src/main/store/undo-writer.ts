/** Books a write that took back what an earlier run wrote. Every call runs in its caller's transaction. */
import type Database from 'better-sqlite3'
import type { BasePatch, IntentEnd, Route, UndoPart } from '#main/engine/ports/sync-store.ts'
import type { AgreementWriter } from './agreement-writer.ts'
import { createDeletionWriter } from './deletion-writer.ts'

export interface UndoWriter {
  readonly book: (
    route: Route,
    end: Extract<IntentEnd, { kind: 'written' }>,
    undo: UndoPart,
    restored: BasePatch | undefined,
    atMs: number,
  ) => void
}

export function createUndoWriter(
  db: Database.Database,
  { restoreDestination, link }: Pick<AgreementWriter, 'restoreDestination' | 'link'>,
): UndoWriter {
  const deletions = createDeletionWriter(db)
  // What was made and taken away again must not be made once more by the next run: the person lets it in again.
  const leaveOut = db.prepare<[string, number, string, string, string]>(`
    insert into decision(integration, stream, external_id, kind, label, decided_at) values (?, ?, ?, 'skip', ?, ?)
    on conflict do update set kind = excluded.kind, decided_at = excluded.decided_at`)

  return {
    book: (route, { intent, externalId, version }, undo, restored, atMs) => {
      const { source, label } = intent.facts
      const at = new Date(atMs).toISOString()
      if (undo.kind === 'restore' && restored) restoreDestination(route, { externalId, version }, restored)
      if (undo.kind === 'recreate') {
        deletions.exhume(route.destinationStream, undo.externalId)
        // Should the source record take part again one day, this is its counterpart.
        link(route, source.externalId, externalId)
      }
      if (undo.kind !== 'remove') return
      deletions.unlink({ stream: route.destinationStream, externalId, evidence: 'undo', at })
      leaveOut.run(route.integrationId, route.sourceStream, source.externalId, label, at)
    },
  }
}
