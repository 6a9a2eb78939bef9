-- What a development server caught instead of sending, newest first. In production no effect has such an outcome, so
-- there is nothing to read. Each municipality is bound in turn: the walls stand here too.
create function diktyo.list_caught_messages(p_limit integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text;
  v_found jsonb := '[]';
begin
  for v_municipality in select code from diktyo.municipality loop
    perform set_config('diktyo.municipality', v_municipality, true);
    v_found := v_found || (
      select coalesce(jsonb_agg(jsonb_build_object('id', caught.case_id || '/' || caught.command_key, 'at', diktyo.instant(caught.finished_at),
        'channel', caught.output->>'channel', 'to', caught.output->>'to', 'subject', coalesce(caught.output->>'subject', ''), 'body', caught.output->>'body')), '[]')
      from (select e.case_id, e.command_key, e.finished_at, e.output from diktyo.effect e
            where e.municipality = v_municipality and e.kind = 'message' and e.status = 'sent' and e.output @> '{"caught": true}'
            order by e.finished_at desc limit p_limit) as caught);
  end loop;
  return (
    select coalesce(jsonb_agg(one order by one->>'at' desc), '[]')
    from (select one from jsonb_array_elements(v_found) as one order by one->>'at' desc limit p_limit) as newest);
end $$;

grant execute on function diktyo.list_caught_messages(integer) to diktyo_api;
