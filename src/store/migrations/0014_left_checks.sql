-- How many attempts of workflow runs of the head had been told of when its check was written: a check that says success
-- on a commit that was left, and of which more runs have ended since, may be wrong when somebody comes back to it.
alter table publication add column runs int;
create index publication_head on publication (installation, repository, head_sha);
-- What is merged does not come back: nothing is written on it any more.
alter table pull add column merged boolean not null default false;
