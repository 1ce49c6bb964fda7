-- A claim is a lease. fence grows with every claim of any row: a worker whose number is not the row's writes nothing.
-- attempt counts failures since the last event; failing_since is the first of them. A dead mark waits for an event.
alter table dirty add column lease_until timestamptz;
alter table dirty add column fence bigint not null default 0;
alter table dirty add column attempt int not null default 0;
alter table dirty add column failing_since timestamptz;
alter table dirty add column message text;
alter table dirty add column dead_at timestamptz;
drop index dirty_due;
create index dirty_due on dirty (run_at, sequence) where claimed_by is null and dead_at is null;
create index dirty_lease on dirty (lease_until) where claimed_by is not null;

-- Whose turn it is, and whom GitHub told to wait.
create table installation_turn (
  installation bigint primary key,
  served bigint not null default 0,
  held_until timestamptz
);

-- The process that dispatches a delivery; when its lease has run out, any other does.
alter table delivery add column owner text;
alter table delivery add column lease_until timestamptz;
create index delivery_troubled on delivery (installation, repository, pull) where state <> 'done';

-- GitHub's time of the newest event that told head, base and state, and when something new was told here last.
alter table pull add column told_at text;
alter table pull add column seen_at timestamptz not null default clock_timestamp();

-- Written before a creation is sent. open: its outcome is not known. settled: known, but there may be a second one. since: GitHub's
-- time of an event before the send, so that few comments have to be looked through.
create table intent (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  object text not null,
  state text not null check (state in ('open', 'settled')),
  at timestamptz not null,
  since text,
  primary key (installation, repository, number, merge_group, object)
);
insert into intent (installation, repository, number, merge_group, object, state, at)
select installation, repository, number, merge_group, 'comment', 'open', clock_timestamp() from sticky_comment where id = 0;
delete from sticky_comment where id = 0;
