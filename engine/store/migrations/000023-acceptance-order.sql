-- What was accepted first counts first, however late it is delivered: whoever decides an event of a case reads, besides the
-- case, every action that was accepted and has not been applied, and applies those that came before the event with it.

-- As load_case, and: `accepted`, those actions in the order of acceptance (recording an action locks the case, so their
-- instants are in that order); `now`, by the database's clock; for a kernel that takes the case up anew, `unfinished`:
-- effects that nobody carries out any longer. A message without an address is finished; what waits for a person is his.
create function diktyo.load_in_order(p_municipality text, p_case_id text, p_event_id text, p_command_key text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare v_case jsonb := diktyo.load_case(p_municipality, p_case_id, p_event_id, p_command_key);
begin
  if v_case is null then return null; end if;
  perform set_config('diktyo.municipality', p_municipality, true);
  return v_case || jsonb_build_object('now', diktyo.instant(clock_timestamp()),
    'accepted', (
      select coalesce(jsonb_agg(jsonb_build_object('id', event_id, 'kind', kind, 'at', diktyo.instant(recorded_at), 'actor', actor, 'payload', payload)
        order by recorded_at, event_id), '[]')
      from (
        select m.* from diktyo.case_command m
        where m.municipality = p_municipality and m.case_id = p_case_id and not exists (
          select 1 from diktyo.case_event e
          where e.municipality = p_municipality and e.case_id = p_case_id and e.event_id = m.event_id)
        order by m.recorded_at, m.event_id limit 500) as waiting),
    'unfinished', case when p_event_id = 'filed' and v_case->'applied' <> 'null' then (
      select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('commandKey', f.command_key, 'kind', f.kind, 'activity', f.activity))
        order by f.planned_at, f.command_key), '[]')
      from diktyo.effect f
      where f.municipality = p_municipality and f.case_id = p_case_id and f.status in ('planned', 'trying', 'notSent', 'uncertain')
        and f.message_id is distinct from '@one-time-code' and f.last_error is distinct from 'message.noAddress'
        and not exists (
          select 1 from diktyo.incident i
          where i.municipality = p_municipality and i.case_id = p_case_id and i.command_key = f.command_key and i.settled_at is null))
      else '[]' end);
end $$;

-- The event with the actions that come before it: all in one commit, or nothing and null. Null, too, when an action was
-- accepted before `until` (absent: before now) that the caller has not `seen`: he reads again. The commands of all belong to
-- the event, also when it is refused itself, so that whoever repeats it hears all of them again.
create function diktyo.apply_in_order(p_input jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text := p_input->>'municipality';
  v_case text := p_input->>'caseId';
  v_id text := p_input#>>'{event,id}';
  v_until text := p_input->>'until';
  v_seen text[];
  v_version integer;
  v_one jsonb;
  v_written jsonb;
begin
  perform set_config('diktyo.municipality', v_municipality, true);
  select version into v_version from diktyo.case_record where municipality = v_municipality and case_id = v_case for update;
  if not found or v_version <> (p_input->>'version')::integer then return null; end if;
  if p_input ? 'seen' then
    v_seen := array(select jsonb_array_elements_text(p_input->'seen')) || v_id;
    if exists (
      select 1 from diktyo.case_command m
      where m.municipality = v_municipality and m.case_id = v_case and m.event_id <> all (v_seen)
        and (v_until is null or diktyo.instant(m.recorded_at) <= v_until)
        and not exists (select 1 from diktyo.case_event e
                        where e.municipality = v_municipality and e.case_id = v_case and e.event_id = m.event_id))
    then return null; end if;
  end if;
  if coalesce(jsonb_array_length(p_input->'earlier'), 0) > 0 then
    if exists (
      select 1 from diktyo.case_event e
      where e.municipality = v_municipality and e.case_id = v_case
        and (e.event_id = v_id or e.event_id in (select one#>>'{event,id}' from jsonb_array_elements(p_input->'earlier') as one)))
    then return null; end if;
    for v_one in select jsonb_array_elements(p_input->'earlier') loop
      v_written := diktyo.apply_event(v_one || jsonb_build_object('municipality', v_municipality, 'caseId', v_case, 'version', v_version));
      v_version := (v_written->>'version')::integer;
    end loop;
    p_input := (p_input - 'earlier') || jsonb_build_object('version', v_version);
  end if;
  v_written := diktyo.apply_event(p_input);
  if v_written is not null and p_input->'plan' = 'null' and p_input->'commands' <> '[]' then
    update diktyo.case_event set commands = p_input->'commands'
    where municipality = v_municipality and case_id = v_case and event_id = v_id;
  end if;
  return v_written;
end $$;

grant execute on function diktyo.load_in_order(text, text, text, text), diktyo.apply_in_order(jsonb) to diktyo_worker;
