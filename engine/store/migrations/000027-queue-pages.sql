-- A queue is read page by page, by what is due: an index in just that order serves every page of every role, however many
-- tasks are open. It takes the place of the one that began with the role.
create index task_due on diktyo.task (municipality, (coalesce(due_at, 'infinity'::timestamptz)), task_id) where closed_at is null;
drop index diktyo.task_queue;

drop function diktyo.read_queue(text, jsonb, text, integer, text, jsonb, text);

-- Open tasks of the roles, most urgent first; with an account only what it has claimed; `after` is the last task shown.
-- `p_filter` may name a `programmeId`, a `stepId` and `overdue: true`. Without a reader nothing is shown.
create function diktyo.read_queue(p_municipality text, p_roles jsonb, p_account text, p_limit integer, p_after text,
  p_reader jsonb, p_purpose text, p_filter jsonb default '{}') returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_roles text[] := array(select jsonb_array_elements_text(p_roles));
  v_programme text := p_filter->>'programmeId';
  v_step text := p_filter->>'stepId';
  v_before timestamptz := case when (p_filter->>'overdue')::boolean then clock_timestamp() else 'infinity' end;
  -- Before every task there is, so that the page begins where the index does.
  v_due timestamptz := '-infinity';
  v_task text := '';
  v_found jsonb;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  if p_after is not null then
    select coalesce(due_at, 'infinity'), task_id into v_due, v_task from diktyo.task where municipality = p_municipality and task_id = p_after;
    if not found then v_due := 'infinity'; v_task := chr(1114111); end if;
  end if;
  select coalesce(jsonb_agg(diktyo.describe_task(found.task) order by coalesce((found.task).due_at, 'infinity'), (found.task).task_id), '[]')
    into v_found
    from (
      select t as task from diktyo.task t
      where t.municipality = p_municipality and t.closed_at is null
        and (coalesce(t.due_at, 'infinity'), t.task_id) > (v_due, v_task)
        and t.role = any (v_roles)
        and (p_account is null or t.claimed_by = p_account)
        and (v_step is null or t.step_id = v_step)
        and (v_before = 'infinity' or t.due_at < v_before)
        and (v_programme is null or exists (
          select 1 from diktyo.application a
          where a.municipality = p_municipality and a.application_id = t.case_id and a.programme_id = v_programme))
      order by coalesce(t.due_at, 'infinity'), t.task_id
      limit least(p_limit, 201)) as found;
  insert into diktyo.audit_entry (municipality, action, actor, purpose, detail)
  values (p_municipality, 'queueRead', p_reader, p_purpose, jsonb_strip_nulls(jsonb_build_object('roles', p_roles,
    'ownOnly', p_account is not null, 'after', p_after, 'shown', jsonb_array_length(v_found))) || p_filter);
  return v_found;
end $$;

-- How many open tasks of the roles there are, by programme and step, and how many of them are late or late today.
-- Numbers and titles of the programme only: nobody is shown, so nobody is written down.
create function diktyo.count_queue(p_municipality text, p_roles jsonb, p_account text, p_day_end timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_roles text[] := array(select jsonb_array_elements_text(p_roles));
  v_now timestamptz := clock_timestamp();
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('programmeId', counted.programme_id, 'programmeTitle', v.title, 'stepId', counted.step_id,
        'title', counted.title, 'tasks', counted.tasks, 'overdue', counted.overdue, 'dueToday', counted.due_today)
        order by counted.programme_id, counted.step_id), '[]')
    from (
      select a.programme_id, t.step_id, any_value(a.definition_hash) as hash, any_value(t.title) as title, count(*) as tasks,
        count(*) filter (where t.due_at < v_now) as overdue,
        count(*) filter (where t.due_at >= v_now and t.due_at < p_day_end) as due_today
      from diktyo.task t
      join diktyo.application a on a.municipality = t.municipality and a.application_id = t.case_id
      where t.municipality = p_municipality and t.closed_at is null and t.role = any (v_roles)
        and (p_account is null or t.claimed_by = p_account)
      group by a.programme_id, t.step_id) as counted
    join diktyo.programme_version v on v.municipality = p_municipality and v.hash = counted.hash);
end $$;

grant execute on function diktyo.read_queue(text, jsonb, text, integer, text, jsonb, text, jsonb),
  diktyo.count_queue(text, jsonb, text, timestamptz) to diktyo_api;
