-- The App deflates a body before it is stored. As it comes, 18 KB, it is ten rows and twenty kilobytes of log; deflated it lies in
-- its own row. A body that an earlier version stored stays in `body` until it is done.
alter table delivery add column packed bytea;
alter table delivery alter column packed set storage external;
alter table delivery set (toast_tuple_target = 8160);
