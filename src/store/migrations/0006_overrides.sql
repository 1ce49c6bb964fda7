-- A label is known by its id: a rename keeps it, and a new label of the same name does not have it. Empty for events of
-- an earlier version, which then prove nothing.
alter table label_event add column label_id text not null default '';

-- When a pull request was seen with which head against which base branch, by GitHub's clock; a row where that changed.
create table sighting (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  at text not null,
  head_sha text not null,
  base_ref text not null,
  primary key (installation, repository, number, merge_group, at, head_sha, base_ref)
);

-- Who moved a branch to a commit: whoever pushed a change does not approve it.
create table pusher (
  installation bigint not null,
  repository bigint not null,
  sha text not null,
  actor_id bigint not null,
  primary key (installation, repository, sha, actor_id)
);

-- Overrides that were asked for by a comment or by the check's button. head_sha is null for comments, which name none.
create table override_ask (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  key text not null,
  kind text not null check (kind in ('command', 'button')),
  at text not null,
  actor json not null,
  head_sha text,
  reason text,
  withdrawn boolean not null default false,
  primary key (installation, repository, number, merge_group, key)
);

-- The audit: every grant, refusal and end of an override. Rows are added, never changed or deleted.
create table override_audit (
  installation bigint not null,
  repository bigint not null,
  number int not null,
  merge_group text not null,
  id bigint generated always as identity,
  at timestamptz not null,
  status text not null check (status in ('granted', 'refused', 'void')),
  actor_id bigint not null,
  actor text not null,
  head_sha text not null,
  value json not null,
  primary key (installation, repository, number, merge_group, id)
);
create function override_audit_is_kept() returns trigger as $$ begin raise exception 'the audit of overrides is only added to'; end $$ language plpgsql;
create trigger override_audit_kept before update on override_audit for each row execute function override_audit_is_kept();

-- Overrides of an earlier version did not say what they covered: they end here, and have to be given again.
insert into override_audit (installation, repository, number, merge_group, at, status, actor_id, actor, head_sha, value)
select installation, repository, number, merge_group, now(), case value ->> 'status' when 'refused' then 'refused' else 'void' end,
  0, value ->> 'by', sha,
  json_build_object('ask', 'earlier:' || id, 'kind', 'label', 'status', case value ->> 'status' when 'refused' then 'refused' else 'void' end,
    'by', json_build_object('id', 0, 'login', value ->> 'by'), 'askedAt', value ->> 'at', 'at', value ->> 'at', 'sha', sha,
    'base', json_build_object('ref', '', 'sha', ''), 'configuration', '', 'team', value ->> 'team', 'teamId', null,
    'label', json_build_object('id', '', 'name', value ->> 'label'), 'covers', json_build_array(), 'reason', null, 'expires', null, 'notice', null, 'on', sha,
    'why', coalesce(value -> 'reason', json_build_array('it was given to an earlier version of Redline')))
from override order by id;
drop table override;
