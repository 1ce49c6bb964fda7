-- Statements end with a semicolon at the end of a line. PostgreSQL 15 syntax: the same file runs embedded and on a server.
-- The installation is the first column of every key and index, so that no hot query crosses installations; the two
-- exceptions are queues that serve all installations (delivery_pending, dirty_due) and the inbox, whose key is GitHub's GUID.
-- `json`, not `jsonb`: foreign texts may hold \u0000 and lone surrogates, which jsonb refuses.

create table delivery (
  guid text primary key,
  id bigint generated always as identity,
  event text not null,
  action text,
  installation bigint,
  repository bigint,
  pull bigint,
  body text not null,
  received_at timestamptz not null,
  state text not null default 'received' check (state in ('received', 'done', 'dead')),
  attempts int not null default 0,
  message text
);
create index delivery_pending on delivery (received_at, id) where state = 'received';

-- run_at is null while a worker has the pull request and nobody marked it since. Leases and fencing will add
-- lease_until and fence beside claimed_by, and a partial index on lease_until.
create sequence dirty_sequence;
create table dirty (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  sequence bigint not null,
  reason text not null,
  run_at timestamptz,
  claimed_by text,
  claimed_at timestamptz,
  primary key (installation, repository, number, merge_group)
);
create index dirty_due on dirty (run_at, sequence) where claimed_by is null;

create table pull (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  owner text not null,
  name text not null,
  head_sha text not null,
  head_repository bigint,
  base_ref text not null,
  open boolean not null,
  primary key (installation, repository, number, merge_group)
);
create index pull_head on pull (installation, repository, head_sha) where open;
create index pull_base on pull (installation, repository, base_ref) where open;

create table label_event (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  at text not null,
  id bigint generated always as identity,
  action text not null check (action in ('labeled', 'unlabeled')),
  label text not null,
  actor_id bigint not null,
  actor json not null,
  head_sha text not null,
  primary key (installation, repository, number, merge_group, at, action, label, actor_id, head_sha)
);

create table attestation (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  item text not null,
  value json not null,
  primary key (installation, repository, number, merge_group, item)
);

-- Appended to, never changed: the newest row of a head counts, the others are the audit.
create table override (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  sha text not null,
  id bigint generated always as identity,
  value json not null,
  primary key (installation, repository, number, merge_group, sha, id)
);

create table verdict (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  head_sha text not null,
  value json not null,
  primary key (installation, repository, number, merge_group, head_sha)
);

create table publication (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  head_sha text not null,
  check_name text not null,
  check_run_id bigint,
  check_state text,
  check_digest text,
  annotations_digest text,
  since timestamptz not null,
  primary key (installation, repository, number, merge_group, head_sha, check_name)
);

create table sticky_comment (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  id bigint not null,
  digest text not null,
  primary key (installation, repository, number, merge_group)
);

create table commit_order (
  installation bigint not null,
  repository bigint not null,
  sha text not null,
  position bigint generated always as identity,
  primary key (installation, repository, sha)
);

-- Dictionaries: what a number in run.series and run.environment stands for. digest = SHA-256 of the value.
create table series (
  installation bigint not null,
  repository bigint not null,
  digest text not null,
  id int generated always as identity,
  value json not null,
  primary key (installation, repository, digest)
);
create unique index series_id on series (installation, repository, id);

create table environment (
  installation bigint not null,
  repository bigint not null,
  digest text not null,
  id int generated always as identity,
  value json not null,
  primary key (installation, repository, digest)
);
create unique index environment_id on environment (installation, repository, id);

-- One row per run; the arrays are parallel and ordered by series id. Rewritten whole, never by element.
create table run (
  installation bigint not null,
  repository bigint not null,
  sha text not null,
  at timestamptz not null,
  position bigint,
  on_default_branch boolean not null,
  environment int,
  series int[] not null,
  val float8[] not null,
  typical float8[] not null,
  n float8[] not null,
  primary key (installation, repository, sha, at)
);
alter table run alter column series set storage external;
alter table run alter column val set storage main;
create index run_history on run (installation, repository, position desc nulls last, at desc) where on_default_branch;

create table head_result (
  installation bigint not null,
  repository bigint not null,
  head_repository bigint not null,
  head_sha text not null,
  run_id bigint not null,
  attempt int not null,
  ordinal int not null,
  value json not null,
  primary key (installation, repository, head_repository, head_sha, run_id, attempt, ordinal)
);

-- Workflow runs whose artifacts are still to be read; the newest attempt of each.
create table expected_run (
  installation bigint not null,
  repository bigint not null,
  head_repository bigint not null,
  head_sha text not null,
  id bigint not null,
  attempt int not null,
  url text not null,
  started_at text not null,
  primary key (installation, repository, head_repository, head_sha, id)
);

create table snapshot (
  installation bigint not null,
  repository bigint not null,
  base_sha text not null,
  head_sha text not null,
  value json not null,
  ancestors json not null,
  primary key (installation, repository, base_sha, head_sha)
);
