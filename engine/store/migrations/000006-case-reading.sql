create function diktyo.describe_task(p_task diktyo.task) returns jsonb
language sql stable
as $$
  select jsonb_strip_nulls(jsonb_build_object('taskId', p_task.task_id, 'taskKey', p_task.task_key, 'stepId', p_task.step_id,
      'role', p_task.role, 'title', p_task.title, 'dueAt', diktyo.instant(p_task.due_at), 'claimedBy', p_task.claimed_by,
      'openedAt', diktyo.instant(p_task.opened_at)))
    || jsonb_build_object('summary', diktyo.summarise(p_task.municipality, p_task.case_id))
$$;

-- The whole file, and in the same statement who read it and why.
create function diktyo.read_case_file(p_municipality text, p_case_id text, p_reader jsonb, p_purpose text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_case diktyo.case_record;
  v_application diktyo.application;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  select * into v_case from diktyo.case_record where municipality = p_municipality and case_id = p_case_id;
  if not found then return null; end if;
  select * into v_application from diktyo.application where municipality = p_municipality and application_id = p_case_id;
  insert into diktyo.audit_entry (municipality, action, actor, case_id, purpose)
  values (p_municipality, 'caseRead', p_reader, p_case_id, p_purpose);
  return diktyo.summarise(p_municipality, p_case_id) || jsonb_build_object(
    'hash', v_application.definition_hash, 'answers', v_application.answers, 'actor', v_application.actor,
    'channel', v_application.channel, 'state', v_case.state,
    'documents', diktyo.describe_documents(p_municipality, p_case_id),
    'history', (
      select coalesce(jsonb_agg(jsonb_build_object('eventId', e.event_id, 'kind', e.kind, 'at', diktyo.instant(e.at), 'actor', e.actor,
        'payload', e.payload, 'accepted', e.accepted) order by e.applied_at, e.version), '[]')
      from diktyo.case_event e where e.municipality = p_municipality and e.case_id = p_case_id),
    'tasks', (
      select coalesce(jsonb_agg(diktyo.describe_task(t) order by t.opened_at, t.task_key), '[]')
      from diktyo.task t where t.municipality = p_municipality and t.case_id = p_case_id and t.closed_at is null),
    'effects', (
      select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('commandKey', f.command_key, 'kind', f.kind, 'status', f.status,
        'attempts', f.attempts, 'lastError', f.last_error)) order by f.planned_at, f.command_key), '[]')
      from diktyo.effect f where f.municipality = p_municipality and f.case_id = p_case_id));
end $$;

-- Open tasks of the roles, most urgent first: with an account only what it has claimed. `after` is the last task shown.
create function diktyo.read_queue(p_municipality text, p_roles jsonb, p_account text, p_limit integer, p_after text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return (
    select coalesce(jsonb_agg(diktyo.describe_task(found.task) order by coalesce((found.task).due_at, 'infinity'), (found.task).task_id), '[]')
    from (
      select t as task from diktyo.task t
      where t.municipality = p_municipality and t.closed_at is null
        and t.role in (select jsonb_array_elements_text(p_roles))
        and (p_account is null or t.claimed_by = p_account)
        and (p_after is null or (coalesce(t.due_at, 'infinity'), t.task_id) >
          (select coalesce(last.due_at, 'infinity'), last.task_id from diktyo.task last
           where last.municipality = p_municipality and last.task_id = p_after))
      order by coalesce(t.due_at, 'infinity'), t.task_id
      limit least(p_limit, 200)) as found);
end $$;

create function diktyo.claim_task(p_municipality text, p_task_id text, p_account text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare v_task diktyo.task;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  select * into v_task from diktyo.task where municipality = p_municipality and task_id = p_task_id and closed_at is null for update;
  if not found then return null; end if;
  if v_task.claimed_by <> p_account then return diktyo.refusal('task.claimed'); end if;
  if v_task.claimed_by is null then
    update diktyo.task set claimed_by = p_account, claimed_at = clock_timestamp()
    where municipality = p_municipality and task_id = p_task_id returning * into v_task;
    insert into diktyo.audit_entry (municipality, action, actor, case_id, detail)
    values (p_municipality, 'taskClaimed', jsonb_build_object('kind', 'staff', 'account', p_account), v_task.case_id,
      jsonb_build_object('taskId', p_task_id));
  end if;
  return diktyo.describe_task(v_task);
end $$;

create function diktyo.list_incidents(p_municipality text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('caseId', i.case_id, 'incidentId', i.incident_id, 'commandKey', i.command_key,
      'code', i.code, 'openedAt', diktyo.instant(i.opened_at), 'summary', diktyo.summarise(p_municipality, i.case_id))
      order by i.opened_at, i.incident_id), '[]')
    from (select * from diktyo.incident where municipality = p_municipality and settled_at is null
          order by opened_at, incident_id limit 500) as i);
end $$;

grant execute on function diktyo.read_case_file(text, text, jsonb, text), diktyo.read_queue(text, jsonb, text, integer, text),
  diktyo.claim_task(text, text, text), diktyo.list_incidents(text) to diktyo_api;
