-- Putting a version in force is an event with its own time and order: an earlier document may come into force again.
create table diktyo.publication (
  municipality text not null,
  publication_id bigint generated always as identity,
  programme_id text not null,
  hash text collate "C" not null,
  published_by text not null,
  published_at timestamptz not null default clock_timestamp(),
  -- How far the open cases have been told: the last one, in which round; null when all have been.
  told_upto text collate "C" default '',
  told_round smallint not null default 1,
  primary key (publication_id, municipality),
  foreign key (municipality, hash) references diktyo.programme_version
);
create index publication_untold on diktyo.publication (municipality, publication_id) where told_upto is not null;
select diktyo.raise_wall('diktyo.publication');

-- Where a document comes from that nobody wrote: the version a case was judged under, and the published one of which it
-- took over what may be taken over in that stage. The document itself is a version like any other.
create table diktyo.programme_lineage (
  municipality text not null,
  hash text collate "C" not null,
  from_hash text collate "C" not null,
  to_hash text collate "C" not null,
  stage text not null check (stage in ('filed', 'inReview', 'benefitRunning')),
  kept_at timestamptz not null default clock_timestamp(),
  primary key (from_hash, to_hash, stage, hash, municipality),
  foreign key (municipality, hash) references diktyo.programme_version,
  foreign key (municipality, from_hash) references diktyo.programme_version,
  foreign key (municipality, to_hash) references diktyo.programme_version
);
select diktyo.raise_wall('diktyo.programme_lineage');

-- Until now each version was published once, when it came.
do $$
declare v_municipality text;
begin
  for v_municipality in select code from diktyo.municipality loop
    perform set_config('diktyo.municipality', v_municipality, true);
    insert into diktyo.publication (municipality, programme_id, hash, published_by, published_at, told_upto)
    select municipality, programme_id, hash, published_by, published_at, null
    from diktyo.programme_version where municipality = v_municipality order by published_at, hash;
  end loop;
  perform set_config('diktyo.municipality', '', true);
end $$;

-- Publishing what is in force changes nothing. `p_expected`: the version in force when whoever publishes looked (an empty
-- text: none); when it is another by now, nothing is done.
drop function diktyo.publish_programme(text, text, jsonb, text);
create function diktyo.publish_programme(p_municipality text, p_hash text, p_programme jsonb, p_published_by text, p_expected text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_programme text := p_programme->>'id';
  v_current text;
  v_created boolean;
  v_publication bigint;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  perform pg_advisory_xact_lock(hashtextextended(v_programme, hashtext('publish ' || p_municipality)));
  select hash into v_current from diktyo.programme_current where municipality = p_municipality and programme_id = v_programme;
  if p_expected is not null and p_expected <> coalesce(v_current, '') and v_current is distinct from p_hash then
    return jsonb_build_object('hash', p_hash, 'created', false, 'published', false, 'changedTo', coalesce(v_current, ''));
  end if;
  insert into diktyo.programme_version (municipality, hash, programme_id, title, summary, programme, published_by)
  values (p_municipality, p_hash, v_programme, p_programme->'title', p_programme->'summary', p_programme, p_published_by)
  on conflict do nothing;
  v_created := found;
  if v_current = p_hash then return jsonb_build_object('hash', p_hash, 'created', false, 'published', false); end if;
  insert into diktyo.programme_current (municipality, programme_id, hash) values (p_municipality, v_programme, p_hash)
  on conflict (municipality, programme_id) do update set hash = excluded.hash;
  insert into diktyo.publication (municipality, programme_id, hash, published_by, told_upto)
  -- Before the first publication nobody can have filed.
  values (p_municipality, v_programme, p_hash, p_published_by, case when v_current is not null then '' end)
  returning publication_id into v_publication;
  insert into diktyo.audit_entry (municipality, action, actor, detail)
  values (p_municipality, 'programmePublished', jsonb_build_object('kind', 'staff', 'account', p_published_by),
          jsonb_strip_nulls(jsonb_build_object('programmeId', v_programme, 'hash', p_hash, 'before', v_current, 'publicationId', v_publication::text)));
  return jsonb_build_object('hash', p_hash, 'created', v_created, 'published', true, 'publicationId', v_publication::text);
end $$;

-- Everything that was in force, newest first.
create function diktyo.list_publications(p_municipality text, p_programme_id text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('publicationId', publication_id::text, 'hash', hash, 'publishedBy', published_by,
      'publishedAt', diktyo.instant(published_at), 'isTold', told_upto is null) order by publication_id desc), '[]')
    from diktyo.publication where municipality = p_municipality and programme_id = p_programme_id);
end $$;

-- The worker's: a document that a case is to be judged under from now on. Only from two versions of the same programme.
create function diktyo.keep_adopted_version(p_municipality text, p_hash text, p_programme jsonb, p_lineage jsonb) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  if (select count(*) from diktyo.programme_version where municipality = p_municipality and programme_id = p_programme->>'id'
        and hash in (p_lineage->>'from', p_lineage->>'to')) <> 2 then return false; end if;
  insert into diktyo.programme_version (municipality, hash, programme_id, title, summary, programme, published_by)
  values (p_municipality, p_hash, p_programme->>'id', p_programme->'title', p_programme->'summary', p_programme, 'system')
  on conflict do nothing;
  insert into diktyo.programme_lineage (municipality, hash, from_hash, to_hash, stage)
  values (p_municipality, p_hash, p_lineage->>'from', p_lineage->>'to', p_lineage->>'stage')
  on conflict do nothing;
  return true;
end $$;

grant execute on function diktyo.keep_adopted_version(text, text, jsonb, jsonb) to diktyo_worker;
