-- The relay hands over many rows a second and says so of many at once. Its marks need not be on disk before the next row:
-- lost in a power cut, they lead to handing over again, which changes nothing (each is idempotent by its id). What was
-- accepted is another thing: that is on disk before anybody hears of it.

create or replace function diktyo.claim_outbox(p_limit integer, p_lease_seconds double precision) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare v_claimed jsonb;
begin
  perform set_config('synchronous_commit', 'off', true);
  with due as (
    select o.municipality, o.case_id, o.outbox_id from diktyo.outbox o
    where o.sent_at is null and o.available_at <= clock_timestamp() and (o.leased_until is null or o.leased_until < clock_timestamp())
      and (o.kind = 'message' or not exists (
        select 1 from diktyo.outbox earlier
        where earlier.municipality = o.municipality and earlier.case_id = o.case_id and earlier.outbox_id < o.outbox_id
          and earlier.sent_at is null and earlier.kind <> 'message'))
    order by o.outbox_id
    limit least(p_limit, 500)
    for update skip locked
  ), claimed as (
    update diktyo.outbox o set leased_until = clock_timestamp() + make_interval(secs => p_lease_seconds), attempts = o.attempts + 1
    from due where o.municipality = due.municipality and o.case_id = due.case_id and o.outbox_id = due.outbox_id
    returning o.municipality, o.case_id, o.outbox_id, o.kind, o.definition_hash, o.event_id, o.event_kind
  )
  select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('outboxId', outbox_id::text, 'municipality', municipality, 'caseId', case_id,
    'kind', kind, 'definitionHash', definition_hash, 'eventId', event_id, 'eventKind', event_kind)) order by outbox_id), '[]')
  into v_claimed from claimed;
  return v_claimed;
end $$;

-- Outcomes of rows in hand, many at once, each with the place of its row (outboxId, municipality, caseId). Without an error
-- the row is sent. With one it waits and holds back the later rows of its case. Sorted, so that nobody waits in a ring.
create function diktyo.finish_outbox_rows(p_outcomes jsonb) returns integer
language plpgsql set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare v_count integer;
begin
  perform set_config('synchronous_commit', 'off', true);
  with outcomes as materialized (
    select (f->>'outboxId')::bigint as outbox_id, f->>'municipality' as municipality, f->>'caseId' as case_id,
      left(f->>'error', 500) as error, coalesce((f->>'retryInSeconds')::double precision, 5) as seconds
    from jsonb_array_elements(p_outcomes) as f
  ), held as materialized (
    select o.municipality, o.case_id, o.outbox_id, outcomes.error, outcomes.seconds
    from outcomes join diktyo.outbox o on o.case_id = outcomes.case_id and o.outbox_id = outcomes.outbox_id and o.municipality = outcomes.municipality
    where o.sent_at is null
    order by o.outbox_id
    for update of o
  )
  update diktyo.outbox o set leased_until = null, last_error = held.error,
    sent_at = case when held.error is null then clock_timestamp() end,
    available_at = case when held.error is null then o.available_at else clock_timestamp() + make_interval(secs => held.seconds) end
  from held where o.case_id = held.case_id and o.outbox_id = held.outbox_id and o.municipality = held.municipality;
  get diagnostics v_count = row_count;
  return v_count;
end $$;

grant execute on function diktyo.finish_outbox_rows(jsonb) to diktyo_relay;
