-- Installations that were suspended or removed; one without a row is active.
create table installation (
  installation bigint primary key,
  state text not null check (state in ('active', 'suspended', 'removed')),
  message text not null,
  since timestamptz not null
);

-- What a repository is called now. Keys everywhere else are ids; names are needed to ask GitHub.
create table repository (
  installation bigint not null,
  repository bigint not null,
  owner text not null,
  name text not null,
  default_branch text not null,
  archived boolean not null,
  primary key (installation, repository)
);

-- active_at: the last time that something happened. updated_at and labels: as GitHub told them last; labels is a JSON list.
alter table pull add column active_at timestamptz;
alter table pull add column updated_at text;
alter table pull add column labels text;

-- GitHub's id of the delivery that marked last: the log follows it.
alter table dirty add column delivery text;

-- A run stays after its artifacts were read, so that a look at GitHub's list does not find it new.
alter table expected_run add column read boolean not null default false;

-- Where a periodic look stopped, and when it ran last, over all installations.
create table net (
  name text primary key,
  value text not null,
  at timestamptz not null
);

-- How often a failed delivery was asked for again.
create table redelivery (
  guid text primary key,
  attempts int not null,
  at timestamptz not null
);
