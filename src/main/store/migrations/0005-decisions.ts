/** What a person decided about records that wait; and of a waiting record what it is called and what both sides hold. */
import type { Migration } from '../migrate.ts'

export const decisions: Migration = {
  version: 5,
  name: 'decisions',
  sql: `
    alter table failed_record add column label text;
    -- what both sides hold in the fields that both changed
    alter table failed_record add column conflict text;

    create table decision(
      integration text not null,
      -- of the record that is read: the source, or the destination on the way back
      stream integer not null,
      external_id text not null,
      kind text not null check (kind in ('skip', 'source', 'destination')),
      label text not null,
      decided_at text not null,
      primary key (integration, stream, external_id)
    ) strict, without rowid;

    -- A value a person corrected for the integration: counts as long as the source still says what it said then.
    create table correction(
      integration text not null,
      stream integer not null,
      external_id text not null,
      field text not null,
      was text not null,
      value text not null,
      label text not null,
      at text not null,
      primary key (integration, stream, external_id, field)
    ) strict, without rowid;
  `,
}
