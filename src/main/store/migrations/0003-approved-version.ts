/** Which version of an integration was approved: what it does may have changed since. */
import type { Migration } from '../migrate.ts'

export const approvedVersion: Migration = {
  version: 3,
  name: 'approved-version',
  // Until now a change after the approval ran without a new plan: those who run today go on.
  sql: `
    alter table definition add column approved_version integer;
    update definition set approved_version = version where approved_at is not null;
  `,
}
