-- The clock can lose its memory while the record survives: somebody deletes Temporal's data, or restores an old copy. Then
-- kernels are missing whose cases wait for them. One relay at a time keeps watch: it asks the clock for one known kernel every
-- few seconds, goes through all cases slowly, and through all of them at once when that kernel is missing.
create table diktyo.watch (
  municipality text not null default '0000' check (municipality = '0000'),
  holder text,
  held_until timestamptz,
  -- A case that was running when it was last looked at: if the clock does not know it, it has lost its memory.
  sentinel_municipality text,
  sentinel_case_id text,
  -- Where the round stands, and which those are that have ended.
  after_municipality text not null default '',
  after_case_id text collate "C" not null default '',
  is_urgent boolean not null default false,
  lost_at timestamptz,
  rounds bigint not null default 0,
  round_ended_at timestamptz,
  looked bigint not null default 0,
  resumed bigint not null default 0,
  resumed_at timestamptz,
  primary key (municipality)
) with (fillfactor = 20);
select diktyo.raise_wall('diktyo.watch');

-- The relay sees, besides the outbox, which cases are open and which effects nobody has finished. Nothing else of them.
create policy keeper on diktyo.watch to diktyo_relay using (true) with check (true);
grant select, insert, update on diktyo.watch to diktyo_relay;
grant select (municipality, case_id, closed, changed_at) on diktyo.case_record to diktyo_relay;
grant select (municipality, case_id, command_key, message_id, status, last_error) on diktyo.effect to diktyo_relay;
grant select (municipality, case_id, command_key, settled_at) on diktyo.incident to diktyo_relay;
create policy watched on diktyo.case_record for select to diktyo_relay using (true);
create policy watched on diktyo.effect for select to diktyo_relay using (true);
create policy watched on diktyo.incident for select to diktyo_relay using (true);

-- Keeps the watch, or takes it over from one who has let go: null when somebody else has it. Of the sentinel only while its
-- case is open: the clock forgets closed ones in time.
create function diktyo.hold_watch(p_holder text, p_seconds double precision) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp
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
    where c.case_id = v_watch.sentinel_case_id and c.municipality = v_watch.sentinel_municipality and not c.closed));
end $$;

create function diktyo.release_watch(p_holder text) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  update diktyo.watch set held_until = null where holder = p_holder;
  return found;
end $$;

-- The clock has lost its memory, as far as one can see: all cases are looked at, from the first, without delay.
create function diktyo.note_loss(p_holder text) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  update diktyo.watch set is_urgent = true, lost_at = clock_timestamp(), after_municipality = '', after_case_id = '', sentinel_municipality = null,
    sentinel_case_id = null where holder = p_holder;
  return found;
end $$;

-- The next cases that must have a kernel: open ones, and closed ones with a message that nobody has finished for a while
-- (after a loss: since then). At most p_scan rows are read. `next`: where to go on; none: the round has ended.
create function diktyo.read_watched(p_limit integer, p_scan integer, p_quiet_seconds double precision) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_watch diktyo.watch;
  v_limit integer := greatest(least(p_limit, 500), 1);
  v_scan integer := greatest(least(p_scan, 5000), v_limit);
  v_quiet timestamptz;
  v_found jsonb;
begin
  select * into v_watch from diktyo.watch;
  v_quiet := case when v_watch.is_urgent then v_watch.lost_at else clock_timestamp() - make_interval(secs => p_quiet_seconds) end;
  with page as materialized (
    select c.municipality, c.case_id, c.closed, c.changed_at from diktyo.case_record c
    where c.case_id >= v_watch.after_case_id and (c.case_id, c.municipality) > (v_watch.after_case_id, v_watch.after_municipality)
    order by c.case_id, c.municipality limit v_scan
  ), wanted as materialized (
    select p.municipality, p.case_id, s.definition_hash from page p
    cross join lateral (
      select o.definition_hash from diktyo.outbox o
      where o.case_id = p.case_id and o.municipality = p.municipality and o.kind = 'start' and o.sent_at is not null limit 1) as s
    where not p.closed or (p.changed_at < v_quiet and exists (
      select 1 from diktyo.effect f
      where f.case_id = p.case_id and f.municipality = p.municipality and f.status in ('planned', 'trying', 'notSent', 'uncertain')
        and f.message_id is distinct from '@one-time-code' and f.last_error is distinct from 'message.noAddress'
        and not exists (
          select 1 from diktyo.incident i
          where i.case_id = f.case_id and i.municipality = f.municipality and i.command_key = f.command_key and i.settled_at is null)))
    order by p.case_id, p.municipality limit v_limit
  ), stop as (
    select case when (select count(*) from wanted) = v_limit then (select max(case_id) from wanted)
                when (select count(*) from page) = v_scan then (select max(case_id) from page) end as case_id
  )
  select jsonb_build_object(
    'cases', coalesce((select jsonb_agg(jsonb_build_object('municipality', municipality, 'caseId', case_id, 'definitionHash', definition_hash)
      order by case_id, municipality) from wanted), '[]'),
    'next', (select jsonb_build_object('caseId', s.case_id, 'municipality', coalesce(
        (select max(municipality) from wanted w where w.case_id = s.case_id), (select max(municipality) from page p where p.case_id = s.case_id)))
      from stop s where s.case_id is not null))
  into v_found;
  return v_found;
end $$;

-- What was found of them, and where the round goes on. With `next` none: it has ended, and with it the hurry.
create function diktyo.note_watched(p_holder text, p_noted jsonb) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  v_next jsonb := nullif(p_noted->'next', 'null');
  v_resumed bigint := (p_noted->>'resumed')::bigint;
begin
  update diktyo.watch set looked = looked + (p_noted->>'looked')::bigint, resumed = resumed + v_resumed,
    resumed_at = case when v_resumed > 0 then clock_timestamp() else resumed_at end,
    sentinel_municipality = coalesce(p_noted#>>'{sentinel,municipality}', sentinel_municipality),
    sentinel_case_id = coalesce(p_noted#>>'{sentinel,caseId}', sentinel_case_id),
    after_municipality = coalesce(v_next->>'municipality', ''), after_case_id = coalesce(v_next->>'caseId', ''),
    is_urgent = is_urgent and v_next is not null,
    rounds = rounds + case when v_next is null then 1 else 0 end,
    round_ended_at = case when v_next is null then clock_timestamp() else round_ended_at end
  where holder = p_holder;
  return found;
end $$;

-- Is watch kept, and what has it found? For metrics, doctor and audit; nothing of any case.
create function diktyo.describe_watch() returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', '0000', true);
  return (
    select jsonb_strip_nulls(jsonb_build_object('isHeld', coalesce(held_until > clock_timestamp(), false), 'heldUntil', diktyo.instant(held_until),
      'isUrgent', is_urgent, 'lostAt', diktyo.instant(lost_at), 'rounds', rounds, 'roundEndedAt', diktyo.instant(round_ended_at),
      'looked', looked, 'resumed', resumed, 'resumedAt', diktyo.instant(resumed_at)))
    from diktyo.watch);
end $$;

grant execute on function diktyo.hold_watch(text, double precision), diktyo.release_watch(text), diktyo.note_loss(text),
  diktyo.read_watched(integer, integer, double precision), diktyo.note_watched(text, jsonb) to diktyo_relay;
grant execute on function diktyo.describe_watch() to diktyo_api, diktyo_relay, diktyo_audit;
