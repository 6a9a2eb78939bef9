-- Lists show names too: whoever reads the queue or the incidents is written down, one row a request, in the same
-- statement. How many were shown, not whom: a desk asks every few seconds, and each case has its own rows once opened.
drop function diktyo.read_queue(text, jsonb, text, integer, text);
drop function diktyo.list_incidents(text);

-- As before: open tasks of the roles, most urgent first; with an account only what it has claimed; `after` is the last
-- task shown.
create function diktyo.read_queue(p_municipality text, p_roles jsonb, p_account text, p_limit integer, p_after text,
  p_reader jsonb, p_purpose text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare v_found jsonb;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  select coalesce(jsonb_agg(diktyo.describe_task(found.task) order by coalesce((found.task).due_at, 'infinity'), (found.task).task_id), '[]')
    into v_found
    from (
      select t as task from diktyo.task t
      where t.municipality = p_municipality and t.closed_at is null
        and t.role in (select jsonb_array_elements_text(p_roles))
        and (p_account is null or t.claimed_by = p_account)
        and (p_after is null or (coalesce(t.due_at, 'infinity'), t.task_id) >
          (select coalesce(last.due_at, 'infinity'), last.task_id from diktyo.task last
           where last.municipality = p_municipality and last.task_id = p_after))
      order by coalesce(t.due_at, 'infinity'), t.task_id
      limit least(p_limit, 200)) as found;
  insert into diktyo.audit_entry (municipality, action, actor, purpose, detail)
  values (p_municipality, 'queueRead', p_reader, p_purpose, jsonb_strip_nulls(jsonb_build_object('roles', p_roles,
    'ownOnly', p_account is not null, 'after', p_after, 'shown', jsonb_array_length(v_found))));
  return v_found;
end $$;

create function diktyo.list_incidents(p_municipality text, p_reader jsonb, p_purpose text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare v_found jsonb;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  select coalesce(jsonb_agg(jsonb_build_object('caseId', i.case_id, 'incidentId', i.incident_id, 'commandKey', i.command_key,
      'code', i.code, 'openedAt', diktyo.instant(i.opened_at), 'summary', diktyo.summarise(p_municipality, i.case_id))
      order by i.opened_at, i.incident_id), '[]')
    into v_found
    from (select * from diktyo.incident where municipality = p_municipality and settled_at is null
          order by opened_at, incident_id limit 500) as i;
  insert into diktyo.audit_entry (municipality, action, actor, purpose, detail)
  values (p_municipality, 'incidentsRead', p_reader, p_purpose, jsonb_build_object('shown', jsonb_array_length(v_found)));
  return v_found;
end $$;

grant execute on function diktyo.read_queue(text, jsonb, text, integer, text, jsonb, text), diktyo.list_incidents(text, jsonb, text) to diktyo_api;
