-- The identifiers of a case, kept once; and what the record tells of its people: for each lookup yes or no, or how many.
-- Nothing else leaves: no case, no name, no municipality. Who asked is written down here, and there whose case answered.
create function diktyo.read_facts(p_municipality text, p_case_id text, p_identifiers jsonb, p_lookups jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_own jsonb;
  v_lookup jsonb;
  v_related jsonb;
  v_counted jsonb;
  v_told jsonb := '[]';
  v_facts jsonb := '{}';
  v_one record;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  select jsonb_build_object('municipality', p_municipality, 'caseId', case_id, 'filedAt', filed_at) into v_own
  from diktyo.case_record where municipality = p_municipality and case_id = p_case_id;
  if not found then return null; end if;
  -- The applicant before the members: who is listed twice is the applicant.
  insert into diktyo.identity_match (municipality, case_id, match_hash, subject)
  select p_municipality, p_case_id, i->>'hash', i->>'subject' from jsonb_array_elements(p_identifiers) as i order by i->>'subject'
  on conflict do nothing;
  if jsonb_array_length(p_lookups) > 0 then
    v_related := diktyo.find_related(p_municipality, p_case_id);
    for v_lookup in select jsonb_array_elements(p_lookups) loop
      select coalesce(jsonb_agg(related), '[]') into v_counted
      from jsonb_array_elements(v_related) as related where diktyo.counts_for(v_lookup, related, v_own, v_now);
      v_told := v_told || v_counted;
      v_facts := v_facts || jsonb_build_object(v_lookup->>'factId',
        case when v_lookup->>'type' = 'number' then to_jsonb(jsonb_array_length(v_counted)) else to_jsonb(jsonb_array_length(v_counted) > 0) end);
    end loop;
    insert into diktyo.audit_entry (municipality, action, actor, case_id, purpose, detail)
    select p_municipality, 'factsRead', '{"kind": "system"}', p_case_id, 'lookup',
      jsonb_build_object('facts', jsonb_agg(l->>'factId'), 'anyMunicipality', bool_or((l->>'anyMunicipality')::boolean))
    from jsonb_array_elements(p_lookups) as l;
    for v_one in select distinct t->>'municipality' as place, t->>'caseId' as case_id, t->>'programme' as programme
                 from jsonb_array_elements(v_told) as t where t->>'municipality' <> p_municipality order by 1, 2 loop
      perform set_config('diktyo.municipality', v_one.place, true);
      insert into diktyo.audit_entry (municipality, action, actor, case_id, purpose, detail)
      values (v_one.place, 'factTold', '{"kind": "system"}', v_one.case_id, 'lookup',
        jsonb_build_object('programmeId', v_one.programme, 'toMunicipality', p_municipality));
    end loop;
    perform set_config('diktyo.municipality', p_municipality, true);
  end if;
  return jsonb_build_object('at', diktyo.instant(v_now), 'facts', v_facts);
end $$;

grant execute on function diktyo.read_facts(text, text, jsonb, jsonb) to diktyo_worker;
