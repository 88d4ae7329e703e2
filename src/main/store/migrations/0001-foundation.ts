/** First schema: definitions with versions, links, journal, runs, plans, secrets. */
import type { Migration } from '../migrate.ts'

export const foundation: Migration = {
  version: 1,
  name: 'foundation',
  sql: `
    create table meta(key text primary key, value text not null) strict, without rowid;

    -- Every saved definition is a version; rows are never changed.
    create table definition_version(
      kind text not null check (kind in ('connection', 'integration')),
      id text not null,
      version integer not null,
      body text not null,
      saved_at text not null,
      saved_by text not null,
      primary key (kind, id, version)
    ) strict, without rowid;

    -- The current version of each definition, and whether a plan of it was ever approved.
    create table definition(
      kind text not null,
      id text not null,
      version integer not null,
      approved_at text,
      removed_at text,
      primary key (kind, id),
      foreign key (kind, id, version) references definition_version(kind, id, version)
    ) strict, without rowid;

    -- Names of connections and objects as small numbers: the big tables stay narrow.
    create table stream(
      id integer primary key,
      connection text not null,
      object text not null,
      unique (connection, object)
    ) strict;

    -- The same for integrations, in the table with two rows a record.
    create table integration_number(number integer primary key, id text not null unique) strict;

    -- One logical record with its members, one per stream: a star, never pairwise chains.
    create table cluster(
      id integer primary key,
      state text not null default 'live' check (state in ('live', 'deleting', 'deleted', 'conflicted', 'held'))
    ) strict;

    create table member(
      stream integer not null references stream(id),
      external_id text not null,
      cluster integer not null references cluster(id),
      primary key (stream, external_id)
    ) strict, without rowid;
    create unique index member_by_cluster on member(cluster, stream);

    -- What one integration last agreed about one member: the base of that side.
    create table agreement(
      integration integer not null references integration_number(number),
      stream integer not null,
      external_id text not null,
      -- canonical values of the fields the integration uses on this side
      base text not null,
      base_hash blob not null,
      remote_version text,
      mapping_version integer not null,
      primary key (integration, stream, external_id)
    ) strict, without rowid;

    -- Kept for ever, ids only: what was deleted never comes back by itself.
    create table tombstone(
      stream integer not null,
      external_id text not null,
      cluster integer not null,
      evidence text not null,
      at text not null,
      primary key (stream, external_id)
    ) strict, without rowid;

    -- How far reading has safely come: written in the transaction that makes the page durable.
    create table checkpoint(
      integration text not null,
      stream integer not null,
      since text,
      upper_bound text,
      settings_hash text not null,
      primary key (integration, stream)
    ) strict, without rowid;

    create table run(
      number integer primary key,
      id text not null unique,
      integration text not null,
      integration_version integer not null,
      plan text,
      state text not null,
      started_at text not null,
      ended_at text,
      position text not null default '{"kind":"start"}',
      read_count integer not null default 0,
      counts text not null default '{}',
      resume_count integer not null default 0,
      timings text,
      error text,
      server_time text
    ) strict;
    create index run_by_integration on run(integration, started_at);
    create index run_by_start on run(started_at);

    -- The write journal: intent before the send, answer after it.
    create table intent(
      id integer primary key,
      run text not null,
      integration text not null,
      source_stream integer not null,
      source_id text not null,
      source_base text,
      destination_stream integer not null,
      destination_id text,
      operation text not null check (operation in ('create', 'update', 'upsert', 'delete')),
      write_class text not null check (write_class in ('K', 'U', 'C', 'F', 'S', 'N')),
      idempotency_key text not null,
      request text,
      -- what the record log and the link need once the write is known to have happened
      facts text,
      state text not null check (state in ('ready', 'sent', 'uncertain', 'held', 'done', 'rejected', 'withdrawn')),
      attempts integer not null default 0,
      first_sent_at integer,
      last_sent_at integer,
      error text
    ) strict;
    create index intent_open on intent(integration, state) where state in ('ready', 'sent', 'uncertain', 'held');

    create table run_record(
      run integer not null references run(number),
      seq integer not null,
      outcome text not null,
      source_id text not null,
      destination_id text,
      label text not null,
      before text,
      after text,
      reason text,
      at text not null,
      primary key (run, seq)
    ) strict, without rowid;
    create index run_record_by_outcome on run_record(run, outcome, seq);

    -- Records that could not be written: re-planned by the next run.
    create table failed_record(
      integration text not null,
      stream integer not null,
      external_id text not null,
      snapshot text not null,
      reason text not null,
      first_at text not null,
      last_at text not null,
      attempts integer not null,
      primary key (integration, stream, external_id)
    ) strict, without rowid;

    create table plan(
      id text primary key,
      integration text not null,
      integration_version integer not null,
      state text not null,
      created_at text not null,
      read_count integer not null default 0,
      counts text not null default '{}',
      next_since text,
      error text
    ) strict;
    create index plan_by_integration on plan(integration, created_at);

    create table plan_item(
      plan text not null references plan(id) on delete cascade,
      seq integer not null,
      action text not null,
      source_id text not null,
      destination_id text,
      label text not null,
      -- the decision as the engine executes it, with before, after and reason
      frozen text not null,
      primary key (plan, seq)
    ) strict, without rowid;
    create index plan_item_by_action on plan_item(plan, action, seq);

    create table key_slot(
      id text primary key,
      kind text not null,
      body text not null
    ) strict, without rowid;

    create table secret(
      scope text not null,
      name text not null,
      blob blob not null,
      primary key (scope, name)
    ) strict, without rowid;
  `,
}
