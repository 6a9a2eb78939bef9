-- Runs as diktyo_owner, who owns everything here and whom the walls bind like everyone else.
-- Nobody may call a function, or see a table, that was not given to them by name.
alter default privileges revoke execute on functions from public;
grant usage on schema diktyo to diktyo_api, diktyo_worker, diktyo_relay, diktyo_audit;

-- Row-level security from the first table: enabled, forced on the owner too, one policy by municipality; with none
-- bound the setting is absent or empty, and no row is there.
-- The expression stands in the policy itself, so that the planner can use it as a condition of an index.
create function diktyo.raise_wall(p_table regclass) returns void
language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format(
    'create policy own_municipality on %s
       using (municipality = nullif(current_setting(''diktyo.municipality'', true), ''''))
       with check (municipality = nullif(current_setting(''diktyo.municipality'', true), ''''))', p_table);
end $$;

-- ISO 8601, UTC, milliseconds: what every instant looks like outside the database.
create function diktyo.instant(p_at timestamptz) returns text
language sql stable parallel safe
as $$ select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- A refusal is a value; its code is one of the catalogue of problems, its params are texts.
create function diktyo.refusal(p_code text, p_pointer text default null, p_params jsonb default null) returns jsonb
language sql immutable parallel safe
as $$
  select jsonb_build_object('refusal', jsonb_strip_nulls(jsonb_build_object('code', p_code, 'pointer', p_pointer, 'params', p_params)))
$$;

-- Settings under which a receipt could be lost; empty when there is none.
create function diktyo.examine_settings() returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(name || ' is off' order by name), '[]')
  from unnest(array['synchronous_commit', 'fsync', 'full_page_writes']) as name
  where current_setting(name) = 'off'
$$;

-- The same, and everything by which the calling role could pass the walls.
create function diktyo.examine_safety() returns jsonb
language sql stable
as $$
  with me as (select * from pg_catalog.pg_roles where rolname = current_user),
  found(sentence) as (
    select jsonb_array_elements_text(diktyo.examine_settings())
    union all select 'the role is superuser' from me where rolsuper
    union all select 'the role has BYPASSRLS' from me where rolbypassrls
    union all select 'the role has CREATEROLE' from me where rolcreaterole
    union all select 'the role has CREATEDB' from me where rolcreatedb
    union all select 'the role has REPLICATION' from me where rolreplication
    union all select 'the role is, or may become, the owner of the tables'
      where pg_has_role(current_user, 'diktyo_owner', 'MEMBER')
    union all select 'the role is a member of ' || name
      from unnest(array['pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files', 'pg_read_all_data', 'pg_write_all_data']) as name
      where pg_has_role(current_user, name, 'MEMBER')
    union all select 'the role may create objects' where has_schema_privilege(current_user, 'diktyo', 'CREATE')
      or has_database_privilege(current_user, current_database(), 'CREATE')
    union all select 'no forced row-level security on ' || relname
      from pg_catalog.pg_class
      where relnamespace = 'diktyo'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
  )
  select coalesce(jsonb_agg(sentence), '[]') from found
$$;

grant execute on function diktyo.examine_settings(), diktyo.examine_safety() to public;

-- Reference data, the same for everyone: the only table that is read without a municipality bound.
create table diktyo.municipality (
  code text primary key,
  name jsonb not null,
  unit text not null,
  site_origins jsonb not null default '[]' check (jsonb_typeof(site_origins) = 'array')
);
alter table diktyo.municipality enable row level security;
alter table diktyo.municipality force row level security;
create policy reference on diktyo.municipality using (true) with check (true);

-- Called by the migration runner with definitions/reference/municipalities.json; site origins stay as they are.
create function diktyo.import_municipalities(p_municipalities jsonb) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare v_count integer;
begin
  insert into diktyo.municipality as known (code, name, unit)
  select row->>'code', row->'name', row->>'unit' from jsonb_array_elements(p_municipalities) as row
  on conflict (code) do update set name = excluded.name, unit = excluded.unit
    where (known.name, known.unit) is distinct from (excluded.name, excluded.unit);
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create function diktyo.list_municipalities() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('code', code, 'name', name, 'unit', unit, 'siteOrigins', site_origins) order by code), '[]')
  from diktyo.municipality
$$;

-- The record of who did and who read what. Only ever appended to; sealed into a hash chain afterwards, never while filing.
create table diktyo.audit_entry (
  audit_id bigint generated always as identity primary key,
  municipality text not null,
  at timestamptz not null default clock_timestamp(),
  action text not null,
  actor jsonb not null,
  case_id text,
  purpose text,
  detail jsonb
);
select diktyo.raise_wall('diktyo.audit_entry');

create function diktyo.set_site_origins(p_municipality text, p_origins jsonb) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  update diktyo.municipality set site_origins = p_origins where code = p_municipality;
  if not found then return false; end if;
  insert into diktyo.audit_entry (municipality, action, actor, detail)
  values (p_municipality, 'siteOriginsSet', '{"kind": "system"}', p_origins);
  return true;
end $$;

grant execute on function diktyo.list_municipalities() to diktyo_api, diktyo_worker;
