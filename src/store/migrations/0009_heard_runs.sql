-- When GitHub changed a run last, by its clock, as its event or its list told: a run that GitHub shows as changed since
-- then was run again, and nobody has heard of that.
alter table expected_run add column updated_at text;
