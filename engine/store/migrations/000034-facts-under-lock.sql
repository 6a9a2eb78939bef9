-- Two applications of one person may be decided at the same moment, here or in two municipalities: each asks the record, each hears
-- that there is no other, and both are granted. So what was decided upon the record's answers is only written while it would answer
-- the same; whoever writes waits for those who write about the same people.

-- The answers to these lookups (`facts`), and the applications that counted (`told`); inside the municipality of the case.
create function diktyo.answer_lookups(p_municipality text, p_case_id text, p_lookups jsonb) returns jsonb
language plpgsql
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_own jsonb;
  v_related jsonb;
  v_lookup jsonb;
  v_counted jsonb;
  v_told jsonb := '[]';
  v_facts jsonb := '{}';
begin
  select jsonb_build_object('municipality', p_municipality, 'caseId', case_id, 'filedAt', filed_at) into v_own
  from diktyo.case_record where municipality = p_municipality and case_id = p_case_id;
  v_related := diktyo.find_related(p_municipality, p_case_id);
  for v_lookup in select jsonb_array_elements(p_lookups) loop
    select coalesce(jsonb_agg(related), '[]') into v_counted
    from jsonb_array_elements(v_related) as related where diktyo.counts_for(v_lookup, related, v_own, v_now);
    v_told := v_told || v_counted;
    v_facts := v_facts || jsonb_build_object(v_lookup->>'factId',
      case when v_lookup->>'type' = 'number' then to_jsonb(jsonb_array_length(v_counted)) else to_jsonb(jsonb_array_length(v_counted) > 0) end);
  end loop;
  return jsonb_build_object('facts', v_facts, 'told', v_told);
end $$;

-- As before.
create or replace function diktyo.read_facts(p_municipality text, p_case_id text, p_identifiers jsonb, p_lookups jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_answered jsonb;
  v_facts jsonb := '{}';
  v_one record;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  perform 1 from diktyo.case_record where municipality = p_municipality and case_id = p_case_id;
  if not found then return null; end if;
  -- The applicant before the members: who is listed twice is the applicant.
  insert into diktyo.identity_match (municipality, case_id, match_hash, subject)
  select p_municipality, p_case_id, i->>'hash', i->>'subject' from jsonb_array_elements(p_identifiers) as i order by i->>'subject'
  on conflict do nothing;
  if jsonb_array_length(p_lookups) > 0 then
    v_answered := diktyo.answer_lookups(p_municipality, p_case_id, p_lookups);
    v_facts := v_answered->'facts';
    insert into diktyo.audit_entry (municipality, action, actor, case_id, purpose, detail)
    select p_municipality, 'factsRead', '{"kind": "system"}', p_case_id, 'lookup',
      jsonb_build_object('facts', jsonb_agg(l->>'factId'), 'anyMunicipality', bool_or((l->>'anyMunicipality')::boolean))
    from jsonb_array_elements(p_lookups) as l;
    for v_one in select distinct t->>'municipality' as place, t->>'caseId' as case_id, t->>'programme' as programme
                 from jsonb_array_elements(v_answered->'told') as t where t->>'municipality' <> p_municipality order by 1, 2 loop
      perform set_config('diktyo.municipality', v_one.place, true);
      insert into diktyo.audit_entry (municipality, action, actor, case_id, purpose, detail)
      values (v_one.place, 'factTold', '{"kind": "system"}', v_one.case_id, 'lookup',
        jsonb_build_object('programmeId', v_one.programme, 'toMunicipality', p_municipality));
    end loop;
    perform set_config('diktyo.municipality', p_municipality, true);
  end if;
  return jsonb_build_object('at', diktyo.instant(v_now), 'facts', v_facts);
end $$;

-- As before. Null, too, when the record no longer answers `told.lookups` with `told.facts`: the caller asks again. The locks are of the
-- people of the case, sorted, so that nobody waits in a ring.
create or replace function diktyo.apply_in_order(p_input jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
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
  if p_input ? 'told' then
    perform pg_advisory_xact_lock(locks.key) from (
      select distinct hashtextextended(match_hash, hashtext('diktyo facts')) as key
      from diktyo.identity_match where municipality = v_municipality and case_id = v_case order by 1) as locks;
    if diktyo.answer_lookups(v_municipality, v_case, p_input#>'{told,lookups}')->'facts' <> p_input#>'{told,facts}' then return null; end if;
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
