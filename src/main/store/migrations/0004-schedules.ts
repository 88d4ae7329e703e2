/** Schedules: where the due times of each integration stand, and each due time once. Runs say what started them. */
import type { Migration } from '../migrate.ts'

export const schedules: Migration = {
  version: 4,
  name: 'schedules',
  sql: `
    -- by-hand, schedule, catch-up, poll, command-line; null: a run from before this version.
    alter table run add column started_by text;

    create table schedule(
      integration text primary key,
      -- what the due times were counted with
      body text not null,
      zone text not null,
      -- every due time up to here is recorded
      last_due_at text not null,
      next_due_at text,
      paused_at text
    ) strict, without rowid;

    -- A due time is there once, whoever records it: starting twice is impossible, not just avoided.
    create table slot(
      integration text not null,
      due_at text not null,
      started_by text not null check (started_by in ('schedule', 'poll', 'catch-up')),
      outcome text not null check (outcome in ('waiting', 'ran', 'failed', 'missed', 'paused', 'skipped-overlap')),
      -- reserved with the slot, before the run begins
      run text,
      attempts integer not null default 0,
      start_at text,
      at text not null,
      reason text,
      primary key (integration, due_at)
    ) strict, without rowid;
    create index slot_waiting on slot(due_at) where outcome = 'waiting';
  `,
}
