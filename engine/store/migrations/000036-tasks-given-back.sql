-- A task is taken by somebody who has its role, and may be given back: a colleague who falls ill keeps nothing from the others.

-- As before, and only with a role of the task among those of the caller (a supervisor brings all roles of the queue). The function
-- without roles stays for processes of the version before.
create function diktyo.claim_task(p_municipality text, p_task_id text, p_account text, p_roles jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare v_task diktyo.task;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  select * into v_task from diktyo.task where municipality = p_municipality and task_id = p_task_id and closed_at is null for update;
  if not found then return null; end if;
  if not coalesce(p_roles ? v_task.role, false) then return diktyo.refusal('task.otherRole'); end if;
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

-- Whoever holds a task gives it back; with `p_any` (a supervisor) also what another holds. What nobody holds is left as it is, so a
-- repeat hears the same and writes nothing. Under the lock of the row: of several who try at once one gives it back.
create function diktyo.give_back_task(p_municipality text, p_task_id text, p_account text, p_any boolean) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_task diktyo.task;
  v_holder text;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  select * into v_task from diktyo.task where municipality = p_municipality and task_id = p_task_id and closed_at is null for update;
  if not found then return null; end if;
  v_holder := v_task.claimed_by;
  if v_holder is null then return diktyo.describe_task(v_task); end if;
  if v_holder <> p_account and not coalesce(p_any, false) then return diktyo.refusal('task.claimed'); end if;
  update diktyo.task set claimed_by = null, claimed_at = null
  where municipality = p_municipality and task_id = p_task_id returning * into v_task;
  insert into diktyo.audit_entry (municipality, action, actor, case_id, detail)
  values (p_municipality, 'taskGivenBack', jsonb_build_object('kind', 'staff', 'account', p_account), v_task.case_id,
    jsonb_build_object('taskId', p_task_id, 'heldBy', v_holder));
  return diktyo.describe_task(v_task);
end $$;

grant execute on function diktyo.claim_task(text, text, text, jsonb), diktyo.give_back_task(text, text, text, boolean) to diktyo_api;
