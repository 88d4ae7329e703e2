/**
 * The tables with several rows per record become narrow and stand in the order in which they are written: numbers
 * instead of names, agreements beside each other by cluster, before and after once instead of inside other JSON. The
 * journal holds open intents only: what became of a write stands in the run log.
 */
import type { Migration } from '../migrate.ts'

export const narrowRows: Migration = {
  version: 2,
  name: 'narrow-rows',
  sql: `
    insert or ignore into integration_number(id) select integration from intent;

    create table intent_next(
      id integer primary key,
      run integer not null references run(number),
      integration integer not null references integration_number(number),
      source_stream integer not null,
      source_id text not null,
      source_base text not null,
      destination_stream integer not null,
      destination_id text,
      operation text not null check (operation in ('create', 'update', 'upsert', 'delete')),
      write_class text not null check (write_class in ('K', 'U', 'C', 'F', 'S', 'N')),
      idempotency_key text not null,
      request text not null,
      -- changed fields before and after; needed for log and link once the write is known to have happened
      before text,
      after text not null,
      -- the rest of what is needed then
      facts text not null,
      state text not null check (state in ('ready', 'sent', 'uncertain', 'held')),
      attempts integer not null default 0,
      first_sent_at integer,
      last_sent_at integer,
      error text
    ) strict;
    insert into intent_next
      select i.id, r.number, n.number, i.source_stream, i.source_id, i.source_base, i.destination_stream, i.destination_id,
        i.operation, i.write_class, i.idempotency_key, i.request, nullif(i.facts -> '$.before', 'null'), i.facts -> '$.after',
        json_remove(i.facts, '$.before', '$.after'), i.state, i.attempts, i.first_sent_at, i.last_sent_at, i.error
      from intent i join run r on r.id = i.run join integration_number n on n.id = i.integration
      where i.state in ('ready', 'sent', 'uncertain', 'held');
    drop table intent;
    alter table intent_next rename to intent;

    create table agreement_next(
      integration integer not null references integration_number(number),
      cluster integer not null,
      stream integer not null,
      base text not null,
      base_hash blob not null,
      remote_version text,
      mapping_version integer not null,
      primary key (integration, cluster, stream)
    ) strict, without rowid;
    insert into agreement_next
      select a.integration, m.cluster, a.stream, a.base, a.base_hash, a.remote_version, a.mapping_version
      from agreement a join member m on m.stream = a.stream and m.external_id = a.external_id;
    drop table agreement;
    alter table agreement_next rename to agreement;

    create table member_next(
      stream integer not null references stream(id),
      external_id text not null,
      cluster integer not null,
      primary key (stream, external_id)
    ) strict, without rowid;
    insert into member_next select stream, external_id, cluster from member;
    drop table member;
    alter table member_next rename to member;
    create unique index member_by_cluster on member(cluster, stream);

    -- A cluster without a row here is live: only the few others have one.
    delete from cluster where state = 'live';
  `,
}
