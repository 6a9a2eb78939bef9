-- The relay serves every municipality and sees nothing but these columns. Its functions run with its own rights.
create policy every_municipality on diktyo.outbox to diktyo_relay using (true) with check (true);
grant select (municipality, case_id, outbox_id, kind, definition_hash, event_id, event_kind, available_at, leased_until, sent_at, attempts),
  update (available_at, leased_until, sent_at, attempts, last_error) on diktyo.outbox to diktyo_relay;

-- The oldest waiting rows, at most one of a case, and none while an earlier one of its case is unsent: any number of
-- relays keeps the order. Messages (one-time codes) stand outside the order: they must not wait behind a retry.
-- A burst fills the table faster than statistics follow; the settings keep the planner to the indexes meanwhile.
create function diktyo.claim_outbox(p_limit integer, p_lease_seconds double precision) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare v_claimed jsonb;
begin
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

-- Without an error the row is sent. With one it waits and holds back the later rows of its case.
create function diktyo.finish_outbox(p_outbox_id bigint, p_error text, p_retry_in_seconds double precision) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if p_error is null then
    update diktyo.outbox set sent_at = clock_timestamp(), leased_until = null, last_error = null
    where outbox_id = p_outbox_id and sent_at is null;
  else
    update diktyo.outbox set leased_until = null, last_error = left(p_error, 500),
      available_at = clock_timestamp() + make_interval(secs => coalesce(p_retry_in_seconds, 5))
    where outbox_id = p_outbox_id and sent_at is null;
  end if;
  return found;
end $$;

create function diktyo.measure_outbox_lag() returns jsonb
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('waiting', count(*), 'oldestSeconds', coalesce(greatest(extract(epoch from clock_timestamp() - min(available_at)), 0), 0)::float)
  from diktyo.outbox where sent_at is null and available_at <= clock_timestamp()
$$;

grant execute on function diktyo.claim_outbox(integer, double precision), diktyo.finish_outbox(bigint, text, double precision),
  diktyo.measure_outbox_lag() to diktyo_relay;
