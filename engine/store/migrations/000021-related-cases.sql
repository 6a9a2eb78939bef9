-- How an application stands, in one word: pending, running, ended, or how it was closed.
create function diktyo.standing_of(p_case diktyo.case_record) returns text
language sql immutable
as $$
  select case
    when p_case.state is null or (not p_case.closed and p_case.state->'decision' is null) then 'pending'
    when not p_case.closed then case when p_case.state#>>'{decision,approved}' = 'true' then 'running' else 'refused' end
    when p_case.state->>'outcome' in ('granted', 'completed') then 'ended'
    else p_case.state->>'outcome' end
$$;

-- Applications of other cases that share a person with this one, each with no more than how it stands. Bound to each
-- municipality in turn: its wall stands for everything but the match itself.
create function diktyo.find_related(p_municipality text, p_case_id text) returns jsonb
language plpgsql
as $$
declare
  v_hashes text[];
  v_matches jsonb;
  v_place text;
  v_found jsonb := '[]';
  v_here jsonb;
begin
  v_hashes := array(select match_hash from diktyo.identity_match where municipality = p_municipality and case_id = p_case_id);
  if cardinality(v_hashes) = 0 then return '[]'; end if;
  perform set_config('diktyo.matches', array_to_string(v_hashes, ','), true);
  select coalesce(jsonb_agg(to_jsonb(met)), '[]') into v_matches from (
    select other.municipality, other.case_id, bool_or(own.subject = 'applicant' and other.subject = 'applicant') as applicant
    from diktyo.identity_match own join diktyo.identity_match other on other.match_hash = own.match_hash
    where own.municipality = p_municipality and own.case_id = p_case_id
      and other.match_hash = any (v_hashes) and (other.municipality, other.case_id) <> (p_municipality, p_case_id)
    group by 1, 2) as met;
  perform set_config('diktyo.matches', '', true);
  for v_place in select distinct match->>'municipality' from jsonb_array_elements(v_matches) as match order by 1 loop
    perform set_config('diktyo.municipality', v_place, true);
    select coalesce(jsonb_agg(jsonb_build_object('municipality', v_place, 'caseId', c.case_id, 'applicant', match->'applicant',
      'programme', a.programme_id, 'standing', diktyo.standing_of(c), 'filedAt', c.filed_at,
      'approved', coalesce(c.state#>>'{decision,approved}' = 'true', false) or c.state->>'outcome' in ('granted', 'completed'),
      'decidedAt', coalesce((c.state#>>'{decision,decidedAt}')::timestamptz, c.changed_at), 'changedAt', c.changed_at)), '[]')
    into v_here
    from jsonb_array_elements(v_matches) as match
    join diktyo.case_record c on c.municipality = v_place and c.case_id = match->>'case_id'
    join diktyo.application a on a.municipality = v_place and a.application_id = c.case_id
    where match->>'municipality' = v_place;
    v_found := v_found || v_here;
  end loop;
  perform set_config('diktyo.municipality', p_municipality, true);
  return v_found;
end $$;

-- Does this application count for that lookup?
create function diktyo.counts_for(p_lookup jsonb, p_related jsonb, p_own jsonb, p_now timestamptz) returns boolean
language sql stable
as $$
  select p_lookup->'programmes' ? (p_related->>'programme')
    and ((p_lookup->>'anyMunicipality')::boolean or p_related->>'municipality' = p_own->>'municipality')
    and (p_lookup->>'of' = 'household' or (p_related->>'applicant')::boolean)
    and case p_lookup->>'kind'
      when 'activeIn' then
        p_related->>'standing' = 'running'
        or (p_related->>'standing' = 'pending' and coalesce((p_lookup->>'pendingCounts')::boolean, false)
          and ((p_related->>'filedAt')::timestamptz, p_related->>'caseId') < ((p_own->>'filedAt')::timestamptz, p_own->>'caseId'))
        or (p_related->>'standing' = 'ended' and p_lookup ? 'grantedMonths'
          and (p_related->>'decidedAt')::timestamptz > p_now - make_interval(months => (p_lookup->>'grantedMonths')::integer))
      when 'history' then
        ((p_related->>'filedAt')::timestamptz, p_related->>'caseId') < ((p_own->>'filedAt')::timestamptz, p_own->>'caseId')
        and case p_lookup->>'outcome'
          when 'applied' then true
          when 'granted' then (p_related->>'approved')::boolean
          else p_related->>'standing' = p_lookup->>'outcome' end
        and (not p_lookup ? 'months'
          or case when p_lookup->>'outcome' = 'applied' then (p_related->>'filedAt')::timestamptz
               when p_lookup->>'outcome' = 'granted' then (p_related->>'decidedAt')::timestamptz
               else (p_related->>'changedAt')::timestamptz end
            >= (p_own->>'filedAt')::timestamptz - make_interval(months => (p_lookup->>'months')::integer))
      else false end
$$;
