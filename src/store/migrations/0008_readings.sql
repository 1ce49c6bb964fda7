-- What was read of a pull request last, and what its newest event said of it: an event that changes neither head nor
-- base is answered from them, without asking GitHub again. Nothing opens the gate on them alone.
create table pull_facts (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  base_ref text not null,
  read_at timestamptz not null,
  value json not null,
  primary key (installation, repository, number, merge_group)
);

create table pull_told (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  at text not null,
  value json not null,
  primary key (installation, repository, number, merge_group)
);
