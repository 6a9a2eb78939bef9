-- What cannot be handed over is waited for; nothing else shall wait behind it. The relay claims by lane: what starts something
-- (`start`), actions that nobody has tried yet (`event`), and those that come back (`again`).
create index outbox_waiting_event on diktyo.outbox (outbox_id) where sent_at is null and kind = 'event';

-- As claim_outbox, at most `p_limits` rows of each lane, by lane. The order within a case holds over all lanes.
create function diktyo.claim_outbox_lanes(p_limits jsonb, p_lease_seconds double precision) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_limit_start integer := least(coalesce((p_limits->>'start')::integer, 0), 500);
  v_limit_event integer := least(coalesce((p_limits->>'event')::integer, 0), 500);
  v_limit_again integer := least(coalesce((p_limits->>'again')::integer, 0), 500);
  v_claimed jsonb;
begin
  perform set_config('synchronous_commit', 'off', true);
  with starts as (
    select 'start' as lane, o.municipality, o.case_id, o.outbox_id from diktyo.outbox o
    where o.sent_at is null and o.available_at <= clock_timestamp() and (o.leased_until is null or o.leased_until < clock_timestamp())
      and o.kind <> 'event'
      and (o.kind = 'message' or not exists (
        select 1 from diktyo.outbox earlier
        where earlier.municipality = o.municipality and earlier.case_id = o.case_id and earlier.outbox_id < o.outbox_id
          and earlier.sent_at is null and earlier.kind <> 'message'))
    order by o.outbox_id
    limit v_limit_start
    for update skip locked
  ), events as (
    select 'event' as lane, o.municipality, o.case_id, o.outbox_id from diktyo.outbox o
    where o.sent_at is null and o.available_at <= clock_timestamp() and (o.leased_until is null or o.leased_until < clock_timestamp())
      and o.kind = 'event' and o.attempts = 0
      and not exists (
        select 1 from diktyo.outbox earlier
        where earlier.municipality = o.municipality and earlier.case_id = o.case_id and earlier.outbox_id < o.outbox_id
          and earlier.sent_at is null and earlier.kind <> 'message')
    order by o.outbox_id
    limit v_limit_event
    for update skip locked
  ), again as (
    select 'again' as lane, o.municipality, o.case_id, o.outbox_id from diktyo.outbox o
    where o.sent_at is null and o.available_at <= clock_timestamp() and (o.leased_until is null or o.leased_until < clock_timestamp())
      and o.kind = 'event' and o.attempts > 0
      and not exists (
        select 1 from diktyo.outbox earlier
        where earlier.municipality = o.municipality and earlier.case_id = o.case_id and earlier.outbox_id < o.outbox_id
          and earlier.sent_at is null and earlier.kind <> 'message')
    order by o.outbox_id
    limit v_limit_again
    for update skip locked
  ), due as (
    select * from starts union all select * from events union all select * from again
  ), claimed as (
    update diktyo.outbox o set leased_until = clock_timestamp() + make_interval(secs => p_lease_seconds), attempts = o.attempts + 1
    from due where o.municipality = due.municipality and o.case_id = due.case_id and o.outbox_id = due.outbox_id
    returning due.lane, o.municipality, o.case_id, o.outbox_id, o.kind, o.definition_hash, o.event_id, o.event_kind
  ), lanes as (
    select lane, jsonb_agg(jsonb_strip_nulls(jsonb_build_object('outboxId', outbox_id::text, 'municipality', municipality, 'caseId', case_id,
      'kind', kind, 'definitionHash', definition_hash, 'eventId', event_id, 'eventKind', event_kind)) order by outbox_id) as rows
    from claimed group by lane
  )
  select '{"start": [], "event": [], "again": []}'::jsonb || coalesce(jsonb_object_agg(lane, rows), '{}') into v_claimed from lanes;
  return v_claimed;
end $$;

grant execute on function diktyo.claim_outbox_lanes(jsonb, double precision) to diktyo_relay;
