-- While an installation is upgraded, relays of the release before go on beside the new record. They take every one of `cases`
-- for a case that must have a kernel, so that nothing else may be told there.

-- The next cases that must have a kernel (`cases`): open ones, and closed ones with a message that nobody has finished for a
-- while (after a loss: since then). Besides (`closed`), closed ones whose kernel may not know it: those of the last days, in a
-- hurry all of them. At most p_scan rows are read. `next`: where to go on; none: the round has ended.
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
  v_closed jsonb[] := '{}';
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
    if (v_described->>'needsKernel')::boolean then v_cases := v_cases || v_described;
    elsif v_described is not null then v_closed := v_closed || v_described; end if;
    exit when cardinality(v_cases) + cardinality(v_closed) = v_limit;
  end loop;
  return jsonb_build_object('cases', to_jsonb(v_cases), 'closed', to_jsonb(v_closed),
    'next', case when v_read = v_scan or cardinality(v_cases) + cardinality(v_closed) = v_limit
    then jsonb_build_object('municipality', v_place.municipality, 'caseId', v_place.case_id) end);
end $$;
