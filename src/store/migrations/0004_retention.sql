-- When a closed pull request was first seen closed: set by the upkeep, which removes it later. It serves all installations.
alter table pull add column closed_at timestamptz;
create index pull_closed on pull (closed_at) where closed_at is not null;

-- When a row was written, for what is removed by age. A BRIN index costs next to nothing to write.
alter table head_result add column at timestamptz not null default now();
alter table snapshot add column at timestamptz not null default now();
alter table override add column at timestamptz not null default now();
create index delivery_received on delivery using brin (received_at);

-- On a server history goes by the month: the upkeep makes the months and moves rows there from run_other, where all begin.
alter table run rename to run_whole;
alter table run_whole rename constraint run_pkey to run_whole_pkey;
alter index run_history rename to run_whole_history;
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
) partition by range (at);
alter table run alter column series set storage external;
alter table run alter column val set storage main;
create index run_history on run (installation, repository, position desc nulls last, at desc) where on_default_branch;
create table run_other partition of run default;
insert into run select * from run_whole;
drop table run_whole;
