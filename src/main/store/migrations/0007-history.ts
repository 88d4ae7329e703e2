/** What history takes and when it was removed: of each run its records, of each plan its items. Items take less. */
import type { Migration } from '../migrate.ts'

export const history: Migration = {
  version: 7,
  name: 'history',
  sql: `
    -- about how much the records take; null: not measured yet, it is measured once the run has ended
    alter table run add column history_bytes integer;
    -- when the youngest of them was written
    alter table run add column history_until text;
    -- when they were removed, or began to be
    alter table run add column history_pruned_at text;
    create index run_history on run(history_until, history_bytes) where history_bytes > 0;
    create index run_unmeasured on run(number) where history_bytes is null;
    create index run_by_plan on run(plan) where plan is not null;

    alter table plan add column history_bytes integer;
    alter table plan add column history_until text;
    alter table plan add column history_pruned_at text;
    create index plan_history on plan(history_until, history_bytes) where history_bytes > 0;
    create index plan_unmeasured on plan(id) where history_bytes is null;

    -- A row of a table without rowid takes a page of its own beyond 1,000 bytes, and most items are longer.
    create table plan_item_next(
      plan text not null references plan(id) on delete cascade,
      seq integer not null,
      action text not null,
      source_id text not null,
      destination_id text,
      label text not null,
      frozen text not null,
      unique (plan, seq)
    ) strict;
    insert into plan_item_next select plan, seq, action, source_id, destination_id, label, frozen from plan_item order by plan, seq;
    drop table plan_item;
    alter table plan_item_next rename to plan_item;
    create index plan_item_by_action on plan_item(plan, action, seq);
  `,
}
