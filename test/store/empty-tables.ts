/**
 * As after a start on an empty database. A table that holds nothing is left alone: to truncate one makes new files for it
 * and each of its indexes, which for all tables takes longer than most tests.
 */
export const EMPTY_TABLES = `do $$
declare one record; found bool;
begin
  for one in select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%' loop
    execute format('select exists (select 1 from %I)', one.name) into found;
    if found then execute format('truncate %I', one.name); end if;
  end loop;
  for one in select sequencename as name, start_value from pg_sequences where schemaname = 'public' and last_value is not null loop
    perform setval(format('public.%I', one.name)::regclass, one.start_value, false);
  end loop;
end $$`;
