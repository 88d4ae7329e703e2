/** A conflict is decided field by field: what was chosen, and what both sides held then, so that nothing newer is overwritten. */
import type { Migration } from '../migrate.ts'

export const decisionsByField: Migration = {
  version: 9,
  name: 'decisions-by-field',
  sql: `
    create table decision_next(
      integration text not null,
      -- of the record that is read: the source, or the destination on the way back
      stream integer not null,
      external_id text not null,
      kind text not null check (kind in ('skip', 'source', 'destination', 'fields')),
      label text not null,
      decided_at text not null,
      -- of the kind fields: the choice of each unit, by its name
      choices text check ((kind = 'fields') = (choices is not null)),
      -- what both sides held; null: not about a conflict, or decided before this was kept
      seen text,
      primary key (integration, stream, external_id)
    ) strict, without rowid;
    insert into decision_next(integration, stream, external_id, kind, label, decided_at)
      select integration, stream, external_id, kind, label, decided_at from decision;
    drop table decision;
    alter table decision_next rename to decision;

    -- Of a record that is written in both directions: the one that has happened ('forward' or 'back').
    alter table failed_record add column written text;
  `,
}
