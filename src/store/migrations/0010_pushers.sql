-- Who pushed a commit is a record of the audit's kind, and ends with it.
alter table pusher add column at timestamptz not null default now();
