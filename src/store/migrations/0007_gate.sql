-- Workflow runs as their events told them: what is on its way, what ended without a result, and when each attempt began,
-- which alone tells the artifacts of two attempts apart.
create table workflow_run (
  installation bigint not null,
  repository bigint not null,
  head_repository bigint not null,
  head_sha text not null,
  id bigint not null,
  attempt int not null,
  event text not null,
  workflow text not null,
  url text not null,
  started_at text not null,
  conclusion text,
  completed boolean not null,
  results int not null default 0,
  primary key (installation, repository, head_repository, head_sha, id, attempt)
);
create index workflow_run_results on workflow_run (installation, repository, workflow) where results > 0;

-- Merge groups that a queue asked for: each names one pull request and stands on its base, which may be another group.
create table merge_group (
  installation bigint not null,
  repository bigint not null,
  head_sha text not null,
  base_sha text not null,
  base_ref text not null,
  number int not null,
  requested_at timestamptz not null,
  primary key (installation, repository, head_sha)
);

-- What protects a base branch, as it was read last.
create table branch_rules (
  installation bigint not null,
  repository bigint not null,
  branch text not null,
  read_at timestamptz not null,
  value json not null,
  primary key (installation, repository, branch)
);

-- Base branches whose last readable configuration blocked merges: without one they are not open.
create table enrolment (
  installation bigint not null,
  repository bigint not null,
  branch text not null,
  sha text not null,
  primary key (installation, repository, branch)
);

-- Pull requests that were merged while their gate was closed.
create table bypass (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  head_sha text not null,
  at timestamptz not null,
  value json not null,
  primary key (installation, repository, number, head_sha)
);

-- Every attempt is read by itself, so that a late or better one never takes the place of another.
alter table expected_run add column workflow text not null default '';
alter table expected_run drop constraint expected_run_pkey;
alter table expected_run add primary key (installation, repository, head_repository, head_sha, id, attempt);

-- What the default branch's own runs delivered is kept apart from what pull requests with the same head delivered:
-- no repository has the number -1.
update head_result set head_repository = -1
where head_repository = repository and exists (
  select 1 from commit_order
  where (commit_order.installation, commit_order.repository, commit_order.sha)
    = (head_result.installation, head_result.repository, head_result.head_sha)
);
update expected_run set head_repository = -1
where head_repository = repository and exists (
  select 1 from pull
  where (pull.installation, pull.repository, pull.head_sha)
    = (expected_run.installation, expected_run.repository, expected_run.head_sha)
    and pull.open and pull.merge_group like 'baseline:%'
);
