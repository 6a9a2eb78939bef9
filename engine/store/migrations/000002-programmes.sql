-- Published versions never change; a case is pinned to the hash it was filed under.
create table diktyo.programme_version (
  municipality text not null references diktyo.municipality,
  hash text collate "C" not null,
  programme_id text not null,
  title jsonb not null,
  summary jsonb not null,
  programme jsonb not null,
  published_by text not null,
  published_at timestamptz not null default clock_timestamp(),
  primary key (municipality, hash)
);
select diktyo.raise_wall('diktyo.programme_version');

create table diktyo.programme_current (
  municipality text not null,
  programme_id text not null,
  hash text collate "C" not null,
  primary key (municipality, programme_id),
  foreign key (municipality, hash) references diktyo.programme_version
);
select diktyo.raise_wall('diktyo.programme_current');

-- Publishing a known version again changes nothing: an old one never becomes current by being sent twice.
create function diktyo.publish_programme(p_municipality text, p_hash text, p_programme jsonb, p_published_by text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  insert into diktyo.programme_version (municipality, hash, programme_id, title, summary, programme, published_by)
  values (p_municipality, p_hash, p_programme->>'id', p_programme->'title', p_programme->'summary', p_programme, p_published_by)
  on conflict do nothing;
  if not found then return jsonb_build_object('hash', p_hash, 'created', false); end if;
  insert into diktyo.programme_current (municipality, programme_id, hash) values (p_municipality, p_programme->>'id', p_hash)
  on conflict (municipality, programme_id) do update set hash = excluded.hash;
  insert into diktyo.audit_entry (municipality, action, actor, detail)
  values (p_municipality, 'programmePublished', jsonb_build_object('kind', 'staff', 'account', p_published_by),
          jsonb_build_object('programmeId', p_programme->>'id', 'hash', p_hash));
  return jsonb_build_object('hash', p_hash, 'created', true);
end $$;

create function diktyo.list_programmes(p_municipality text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('programmeId', c.programme_id, 'hash', c.hash, 'title', v.title, 'summary', v.summary)
                              order by c.programme_id), '[]')
    from diktyo.programme_current c join diktyo.programme_version v using (municipality, hash)
    where c.municipality = p_municipality);
end $$;

create function diktyo.read_programme_version(p_municipality text, p_hash text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return (
    select jsonb_build_object('hash', hash, 'municipality', municipality, 'programme', programme)
    from diktyo.programme_version where municipality = p_municipality and hash = p_hash);
end $$;

create function diktyo.read_current_programme(p_municipality text, p_programme_id text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return (
    select jsonb_build_object('hash', v.hash, 'municipality', v.municipality, 'programme', v.programme)
    from diktyo.programme_current c join diktyo.programme_version v using (municipality, hash)
    where c.municipality = p_municipality and c.programme_id = p_programme_id);
end $$;

-- Publishing, like site origins and roles of staff, is an administrator's command: not the API's, not the worker's.
grant execute on function diktyo.list_programmes(text), diktyo.read_programme_version(text, text), diktyo.read_current_programme(text, text)
  to diktyo_api, diktyo_worker;
