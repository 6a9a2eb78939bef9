-- Tracking codes that fitted nothing, by municipality, of this hour and the one before: all processes together.
create function diktyo.count_tracking_misses() returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_since timestamptz := date_trunc('hour', clock_timestamp(), 'UTC') - interval '1 hour';
  v_municipality text;
  v_misses bigint;
  v_found jsonb := '[]';
begin
  for v_municipality in select code from diktyo.municipality order by code loop
    perform set_config('diktyo.municipality', v_municipality, true);
    select sum(misses) into v_misses from diktyo.tracking_miss where municipality = v_municipality and hour >= v_since;
    if v_misses is not null then v_found := v_found || jsonb_build_object('municipality', v_municipality, 'misses', v_misses); end if;
  end loop;
  return v_found;
end $$;

grant execute on function diktyo.count_tracking_misses() to diktyo_api;
