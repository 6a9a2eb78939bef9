-- Tells the open cases of a programme that another version is in force: an event for each, in its own order, once per
-- (case, publication). At most p_limit cases a call (`more`: come back at once); whoever dies in between, the next one
-- goes on. A case that was being filed while the version changed is found by a second round some minutes later.
create function diktyo.tell_publications(p_limit integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  c_second_round constant interval := '3 minutes';
  v_limit integer := greatest(least(p_limit, 5000), 1);
  v_left integer := v_limit;
  v_municipality text;
  v_publication diktyo.publication;
  v_cases text[];
  v_seen integer;
  v_last text;
  v_count integer;
  v_told integer := 0;
begin
  for v_municipality in select code from diktyo.municipality order by code loop
    perform set_config('diktyo.municipality', v_municipality, true);
    for v_publication in
      select * from diktyo.publication
      where municipality = v_municipality and told_upto is not null
        and (told_round = 1 or published_at < clock_timestamp() - c_second_round)
      order by publication_id for update skip locked
    loop
      while v_left > 0 and v_publication.told_upto is not null loop
        -- From case to case by the key of the table; closed ones and other programmes' are passed by.
        select count(*), max(case_id), array_agg(case_id) filter (where is_told) into v_seen, v_last, v_cases from (
          select c.case_id, not c.closed and a.programme_id = v_publication.programme_id
            and not (a.definition_hash = v_publication.hash and c.filed_at >= v_publication.published_at) and not exists (
              select 1 from diktyo.case_command m where m.municipality = v_municipality and m.case_id = c.case_id
                and m.event_id = 'version-' || v_publication.publication_id) as is_told
          from diktyo.case_record c
          join diktyo.application a on a.municipality = v_municipality and a.application_id = c.case_id
          where c.municipality = v_municipality and c.case_id > v_publication.told_upto
          order by c.case_id limit v_left) as next;
        -- A case that is just being closed or changed waits until it has been told; its later events come after this one.
        perform 1 from diktyo.case_record where municipality = v_municipality and case_id = any (v_cases) order by case_id for update;
        with told as (
          insert into diktyo.case_command (municipality, case_id, event_id, kind, actor, payload, payload_hash)
          select v_municipality, case_id, 'version-' || v_publication.publication_id, 'versionPublished', '{"kind": "system"}',
            jsonb_build_object('publicationId', v_publication.publication_id::text, 'hash', v_publication.hash,
              'publishedAt', diktyo.instant(v_publication.published_at)), 'version'
          from unnest(v_cases) as case_id on conflict do nothing
          returning case_id, event_id
        )
        insert into diktyo.outbox (municipality, case_id, kind, definition_hash, event_id, event_kind, available_at)
        select v_municipality, told.case_id, 'event', a.definition_hash, told.event_id, 'versionPublished', clock_timestamp()
        from told join diktyo.application a on a.municipality = v_municipality and a.application_id = told.case_id;
        get diagnostics v_count = row_count;
        v_told := v_told + v_count;
        v_publication.told_upto := coalesce(v_last, v_publication.told_upto);
        if v_seen < v_left then
          v_publication.told_upto := case when v_publication.told_round = 1 then '' end;
          v_publication.told_round := v_publication.told_round + 1;
        end if;
        update diktyo.publication set told_upto = v_publication.told_upto, told_round = v_publication.told_round
        where municipality = v_municipality and publication_id = v_publication.publication_id;
        v_left := v_left - v_seen;
        exit when v_publication.told_round = 2 and v_publication.published_at >= clock_timestamp() - c_second_round;
      end loop;
      exit when v_left <= 0;
    end loop;
    exit when v_left <= 0;
  end loop;
  return jsonb_build_object('told', v_told, 'more', v_left <= 0);
end $$;

-- Open cases and drafts by the document they stand under, as far as their stage can be told from it; for whoever is about
-- to publish. No answers, no names.
create function diktyo.count_open_by_version(p_municipality text, p_programme_id text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return jsonb_build_object(
    'drafts', (
      select coalesce(jsonb_agg(jsonb_build_object('hash', hash, 'count', n) order by hash), '[]') from (
        select definition_hash as hash, count(*) as n from diktyo.draft
        where municipality = p_municipality and programme_id = p_programme_id and closed_at is null and expires_at > clock_timestamp()
        group by 1) as drafts),
    'cases', (
      select coalesce(jsonb_agg(jsonb_build_object('hash', hash, 'state', state, 'count', n) order by hash, state), '[]') from (
        select coalesce(c.state#>>'{versions,-1,hash}', a.definition_hash) as hash,
          case when c.state is not null then jsonb_build_object('currentStep', c.state->'currentStep', 'parts', jsonb_array_length(c.state->'parts'),
            'decision', case when c.state ? 'decision' then jsonb_build_object('approved', c.state#>'{decision,approved}',
              'isReopened', c.state#>>array['steps', c.state->>'currentStep', 'enteredAt'] > c.state#>>'{decision,decidedAt}') end,
            'steps', (select coalesce(jsonb_agg(step order by step), '[]') from jsonb_object_keys(c.state->'steps') as step)) end as state,
          count(*) as n
        from diktyo.application a join diktyo.case_record c on c.municipality = p_municipality and c.case_id = a.application_id
        where a.municipality = p_municipality and a.programme_id = p_programme_id and not c.closed
        group by 1, 2) as cases));
end $$;

grant execute on function diktyo.tell_publications(integer) to diktyo_api;
