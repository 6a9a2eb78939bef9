-- Files that were accepted while the scanner was away are scanned later; until then nobody can download them.
alter table diktyo.document add column scan_after timestamptz;
create index document_quarantined on diktyo.document (municipality, (coalesce(scan_after, stored_at))) where state = 'quarantined';

-- Hands out at most p_limit files, each to one process for p_lease_seconds; the one that waited longest comes first, so
-- that a file which the scanner cannot judge holds back no other.
create function diktyo.claim_quarantined(p_limit integer, p_lease_seconds double precision) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_limit integer := greatest(least(p_limit, 100), 1);
  v_municipality text;
  v_claimed jsonb := '[]';
begin
  for v_municipality in select code from diktyo.municipality order by md5(code || statement_timestamp()::text) loop
    exit when jsonb_array_length(v_claimed) >= v_limit;
    perform set_config('diktyo.municipality', v_municipality, true);
    with due as (
      select document_id from diktyo.document
      where municipality = v_municipality and state = 'quarantined' and coalesce(scan_after, stored_at) <= clock_timestamp()
      order by coalesce(scan_after, stored_at) limit v_limit - jsonb_array_length(v_claimed) for update skip locked
    ), claimed as (
      update diktyo.document d set scan_after = clock_timestamp() + make_interval(secs => p_lease_seconds)
      from due where d.municipality = v_municipality and d.document_id = due.document_id
      returning d.document_id
    )
    select v_claimed || coalesce(jsonb_agg(jsonb_build_object('municipality', v_municipality, 'documentId', document_id)), '[]')
    into v_claimed from claimed;
  end loop;
  return v_claimed;
end $$;

-- For the scanner alone: a file that is still in quarantine.
create function diktyo.read_quarantined(p_municipality text, p_document_id text) returns table (bytes bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return query
    select c.bytes from diktyo.document d join diktyo.document_content c using (municipality, document_id)
    where d.municipality = p_municipality and d.document_id = p_document_id and d.state = 'quarantined';
end $$;

-- What the scanner found. Null when the file is not (or no longer) in quarantine. The bytes of a refused file are not
-- kept. A case for which it counted as handed in is told with the event of a refused paper, in the same commit: it asks
-- the citizen again, as after a clerk's refusal. `p_note`: texts by language; the case gets the applicant's.
create function diktyo.judge_quarantined(p_municipality text, p_document_id text, p_state text, p_note jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_document diktyo.document;
  v_state jsonb;
  v_language text;
  v_counts boolean;
  v_recorded jsonb;
begin
  if p_state not in ('clean', 'refused') then raise exception 'no verdict' using errcode = '22023'; end if;
  perform set_config('diktyo.municipality', p_municipality, true);
  update diktyo.document set state = p_state, scan_after = null
  where municipality = p_municipality and document_id = p_document_id and state = 'quarantined'
  returning * into v_document;
  if not found then return null; end if;
  insert into diktyo.audit_entry (municipality, action, actor, case_id, detail)
  values (p_municipality, 'documentScanned', '{"kind": "system"}', v_document.case_id, jsonb_build_object('documentId', p_document_id, 'state', p_state));
  if p_state = 'refused' then
    delete from diktyo.document_content where municipality = p_municipality and document_id = p_document_id;
    if v_document.case_id is not null then
      -- Locked: whether the case counts the file is not to change while this is decided.
      select c.state into v_state from diktyo.case_record c
      where c.municipality = p_municipality and c.case_id = v_document.case_id for update;
      select a.subject->>'language' into v_language from diktyo.application a
      where a.municipality = p_municipality and a.application_id = v_document.case_id;
      v_counts := v_state is null
        or coalesce(v_state#>array['documents', v_document.kind, 'documentIds'] ? p_document_id, false)
        or exists (
          select 1 from diktyo.case_command m
          where m.municipality = p_municipality and m.case_id = v_document.case_id and m.kind = 'documentProvided'
            and m.payload->'documentIds' ? p_document_id
            and not exists (select 1 from diktyo.case_event e
                            where e.municipality = p_municipality and e.case_id = m.case_id and e.event_id = m.event_id));
      if v_counts then
        v_recorded := diktyo.record_action(jsonb_build_object('municipality', p_municipality, 'caseId', v_document.case_id,
          'key', 'scan-' || p_document_id, 'kind', 'documentJudged', 'actor', '{"kind": "system"}'::jsonb,
          'payload', jsonb_build_object('documentKind', v_document.kind, 'accepted', false, 'note', coalesce(p_note->>v_language, p_note->>'el')),
          'payloadHash', 'scan', 'graceSeconds', 0));
      end if;
    end if;
  end if;
  return jsonb_build_object('state', p_state, 'isCaseTold', coalesce(v_recorded ? 'recordedAt', false));
end $$;

grant execute on function diktyo.claim_quarantined(integer, double precision), diktyo.read_quarantined(text, text),
  diktyo.judge_quarantined(text, text, text, jsonb) to diktyo_api;
