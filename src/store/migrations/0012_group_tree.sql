-- What a merge group holds: the same content as a pull request's head was judged with it.
alter table merge_group add column tree text;
