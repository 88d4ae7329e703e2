/** What a run noticed beside its records; when everything was read last; how the objects of a service looked then. */
import type { Migration } from '../migrate.ts'

export const noticed: Migration = {
  version: 8,
  name: 'noticed',
  sql: `
    alter table run add column notes text;
    alter table checkpoint add column full_at text;

    -- Names and types of the fields of an object, as they were when a run read or wrote it last.
    create table object_shape(
      stream integer primary key references stream(id),
      fields text not null
    ) strict;
  `,
}
