/** What undoing a run needs: which way a record was written, and which run a plan takes back. */
import type { Migration } from '../migrate.ts'

export const undo: Migration = {
  version: 6,
  name: 'undo',
  // Of records written until now the way is not known where there were two: null.
  sql: `
    alter table run_record add column is_back integer;
    alter table plan add column undoes text;
    create index plan_by_undone on plan(undoes) where undoes is not null;
  `,
}
