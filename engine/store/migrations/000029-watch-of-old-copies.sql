-- The clock may also get an old memory back: somebody restores a copy of Temporal's data that is older than the record. Its
-- kernels are there, and do not know what has happened since: alarms are missing, cases that are closed run on. What a kernel
-- knows is a version of its case, so the watch compares that with the record, and sends a kernel that has missed something
-- there. The cases that changed last are asked for every few seconds: an old copy shows in them first.
alter table diktyo.watch add column mended bigint not null default 0, add column mended_at timestamptz;

grant select (version) on diktyo.case_record to diktyo_relay;
-- Which cases changed last: of the audit, nothing but that.
grant select (audit_id, municipality, action, case_id) on diktyo.audit_entry to diktyo_relay;
create policy watched on diktyo.audit_entry for select to diktyo_relay using (action = 'eventApplied');

-- What the watch must know of one case; null while it was never handed to the clock, or when it is closed and somebody
-- finished its messages (or is still at it: p_quiet), unless p_closed.
create function diktyo.describe_watched(p_municipality text, p_case_id text, p_quiet timestamptz, p_closed boolean) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  v_case record;
  v_hash text;
  v_needs_kernel boolean;
begin
  select c.version, c.closed, c.changed_at into v_case from diktyo.case_record c where c.case_id = p_case_id and c.municipality = p_municipality;
  if not found then return null; end if;
  v_needs_kernel := not v_case.closed or (v_case.changed_at < p_quiet and exists (
    select 1 from diktyo.effect f
    where f.case_id = p_case_id and f.municipality = p_municipality and f.status in ('planned', 'trying', 'notSent', 'uncertain')
      and f.message_id is distinct from '@one-time-code' and f.last_error is distinct from 'message.noAddress'
      and not exists (
        select 1 from diktyo.incident i
        where i.case_id = f.case_id and i.municipality = f.municipality and i.command_key = f.command_key and i.settled_at is null)));
  if not v_needs_kernel and not p_closed then return null; end if;
  select o.definition_hash into v_hash from diktyo.outbox o
  where o.case_id = p_case_id and o.municipality = p_municipality and o.kind = 'start' and o.sent_at is not null limit 1;
  if not found then return null; end if;
  return jsonb_build_object('municipality', p_municipality, 'caseId', p_case_id, 'definitionHash', v_hash, 'version', v_case.version,
    'needsKernel', v_needs_kernel, 'changedSecondsAgo', extract(epoch from clock_timestamp() - v_case.changed_at)::double precision);
end $$;

-- As before, and `latest`: the two cases that changed last, closed ones too.
create or replace function diktyo.hold_watch(p_holder text, p_seconds double precision) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare v_watch diktyo.watch;
begin
  if not pg_try_advisory_xact_lock(hashtext('diktyo watch')) then return null; end if;
  insert into diktyo.watch as known (holder, held_until) values (p_holder, clock_timestamp() + make_interval(secs => p_seconds))
  on conflict (municipality) do update set holder = excluded.holder, held_until = excluded.held_until
    where known.holder = excluded.holder or known.held_until is null or known.held_until < clock_timestamp()
  returning * into v_watch;
  if not found then return null; end if;
  return jsonb_build_object('isUrgent', v_watch.is_urgent, 'sentinel', (
      select jsonb_build_object('municipality', c.municipality, 'caseId', c.case_id) from diktyo.case_record c
      where c.case_id = v_watch.sentinel_case_id and c.municipality = v_watch.sentinel_municipality and not c.closed),
    'latest', (
      select coalesce(jsonb_agg(described) filter (where described is not null), '[]') from (
        select diktyo.describe_watched(changed.municipality, changed.case_id, '-infinity', true) as described from (
          select e.municipality, e.case_id from (
            select municipality, case_id, audit_id from diktyo.audit_entry where action = 'eventApplied' order by audit_id desc limit 20) as e
          group by e.municipality, e.case_id order by max(e.audit_id) desc limit 2) as changed) as all_of_them));
end $$;

-- The next cases that must have a kernel: open ones, and closed ones with a message that nobody has finished for a while
-- (after a loss: since then). Besides, closed ones whose kernel may not know it: those of the last days, in a hurry all of
-- them. At most p_scan rows are read. `next`: where to go on; none: the round has ended.
create or replace function diktyo.read_watched(p_limit integer, p_scan integer, p_quiet_seconds double precision) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  c_closed_days constant interval := '7 days';
  v_watch diktyo.watch;
  v_limit integer := greatest(least(p_limit, 500), 1);
  v_scan integer := greatest(least(p_scan, 5000), v_limit);
  v_quiet timestamptz;
  v_place record;
  v_described jsonb;
  v_cases jsonb[] := '{}';
  v_read integer := 0;
begin
  select * into v_watch from diktyo.watch;
  v_quiet := case when v_watch.is_urgent then v_watch.lost_at else clock_timestamp() - make_interval(secs => p_quiet_seconds) end;
  for v_place in
    select c.municipality, c.case_id, v_watch.is_urgent or c.changed_at > clock_timestamp() - c_closed_days as is_recent from diktyo.case_record c
    where c.case_id >= v_watch.after_case_id and (c.case_id, c.municipality) > (v_watch.after_case_id, v_watch.after_municipality)
    order by c.case_id, c.municipality limit v_scan
  loop
    v_read := v_read + 1;
    v_described := diktyo.describe_watched(v_place.municipality, v_place.case_id, v_quiet, v_place.is_recent);
    if v_described is not null then v_cases := v_cases || v_described; end if;
    exit when cardinality(v_cases) = v_limit;
  end loop;
  return jsonb_build_object('cases', to_jsonb(v_cases), 'next', case when v_read = v_scan or cardinality(v_cases) = v_limit
    then jsonb_build_object('municipality', v_place.municipality, 'caseId', v_place.case_id) end);
end $$;

-- What was found of them, and where the round goes on. With `next` none: it has ended, and with it the hurry.
create or replace function diktyo.note_watched(p_holder text, p_noted jsonb) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  v_next jsonb := nullif(p_noted->'next', 'null');
  v_resumed bigint := (p_noted->>'resumed')::bigint;
  v_mended bigint := coalesce((p_noted->>'mended')::bigint, 0);
begin
  update diktyo.watch set looked = looked + (p_noted->>'looked')::bigint, resumed = resumed + v_resumed, mended = mended + v_mended,
    resumed_at = case when v_resumed > 0 then clock_timestamp() else resumed_at end,
    mended_at = case when v_mended > 0 then clock_timestamp() else mended_at end,
    sentinel_municipality = coalesce(p_noted#>>'{sentinel,municipality}', sentinel_municipality),
    sentinel_case_id = coalesce(p_noted#>>'{sentinel,caseId}', sentinel_case_id),
    after_municipality = coalesce(v_next->>'municipality', ''), after_case_id = coalesce(v_next->>'caseId', ''),
    is_urgent = is_urgent and v_next is not null,
    rounds = rounds + case when v_next is null then 1 else 0 end,
    round_ended_at = case when v_next is null then clock_timestamp() else round_ended_at end
  where holder = p_holder;
  return found;
end $$;

create or replace function diktyo.describe_watch() returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', '0000', true);
  return (
    select jsonb_strip_nulls(jsonb_build_object('isHeld', coalesce(held_until > clock_timestamp(), false), 'heldUntil', diktyo.instant(held_until),
      'isUrgent', is_urgent, 'lostAt', diktyo.instant(lost_at), 'rounds', rounds, 'roundEndedAt', diktyo.instant(round_ended_at),
      'roundAgeSeconds', extract(epoch from clock_timestamp() - round_ended_at)::double precision,
      'looked', looked, 'resumed', resumed, 'resumedAt', diktyo.instant(resumed_at), 'mended', mended, 'mendedAt', diktyo.instant(mended_at)))
    from diktyo.watch);
end $$;

grant execute on function diktyo.describe_watched(text, text, timestamptz, boolean) to diktyo_relay;
