-- Actions of one case have instants in the order in which they were accepted, also when the database's clock was put back a
-- little in between (another server took over). A file is handed in as the kind of paper that it was announced as.
create or replace function diktyo.record_action(p_input jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  c_step_back constant interval := '5 minutes';
  v_municipality text := p_input->>'municipality';
  v_case text := p_input->>'caseId';
  v_key text := p_input->>'key';
  v_kind text := p_input->>'kind';
  v_closed boolean;
  v_now timestamptz;
  v_last timestamptz;
  v_command diktyo.case_command;
  v_event diktyo.case_event;
begin
  perform set_config('diktyo.municipality', v_municipality, true);
  -- The row lock gives the actions of one case one order in the outbox.
  select closed into v_closed from diktyo.case_record where municipality = v_municipality and case_id = v_case for update;
  if not found then return null; end if;
  select * into v_command from diktyo.case_command where municipality = v_municipality and case_id = v_case and event_id = v_key;
  if found then
    if v_command.payload_hash <> p_input->>'payloadHash' or v_command.kind <> v_kind then return diktyo.refusal('action.keyReused'); end if;
    select * into v_event from diktyo.case_event where municipality = v_municipality and case_id = v_case and event_id = v_key;
    return jsonb_build_object('recordedAt', diktyo.instant(v_command.recorded_at),
      'reply', case when v_event.event_id is not null then diktyo.describe_reply(v_event) end);
  end if;
  -- A closed case takes notes and has its incidents settled; nothing else would ever be carried out.
  if (v_closed and v_kind not in ('noteAdded', 'incidentSettled')) or exists (select 1 from diktyo.case_event where municipality = v_municipality and case_id = v_case and event_id = v_key) then
    return diktyo.refusal('action.refused', null, '{"code": "case.closed"}');
  end if;
  if v_kind = 'documentProvided' and exists (
    select 1 from jsonb_array_elements_text(p_input#>'{payload,documentIds}') as wanted(id)
    where not exists (select 1 from diktyo.document d where d.municipality = v_municipality and d.document_id = wanted.id
                      and d.case_id = v_case and d.kind = p_input#>>'{payload,documentKind}' and d.state in ('quarantined', 'clean')))
  then return diktyo.refusal('application.documentsInvalid', '/documentIds'); end if;
  v_now := clock_timestamp();
  select max(recorded_at) into v_last from diktyo.case_command where municipality = v_municipality and case_id = v_case;
  insert into diktyo.case_command (municipality, case_id, event_id, kind, actor, payload, payload_hash, recorded_at)
  values (v_municipality, v_case, v_key, v_kind, p_input->'actor', p_input->'payload', p_input->>'payloadHash',
    case when v_last >= v_now then least(v_last + interval '1 microsecond', v_now + c_step_back) else v_now end)
  returning * into v_command;
  insert into diktyo.outbox (municipality, case_id, kind, definition_hash, event_id, event_kind, available_at)
  select v_municipality, v_case, 'event', definition_hash, v_key, v_kind,
    v_now + make_interval(secs => (p_input->>'graceSeconds')::double precision)
  from diktyo.application where municipality = v_municipality and application_id = v_case;
  insert into diktyo.audit_entry (municipality, action, actor, case_id, detail)
  values (v_municipality, 'actionRecorded', p_input->'actor', v_case, jsonb_build_object('eventId', v_key, 'kind', v_kind));
  return jsonb_build_object('recordedAt', diktyo.instant(v_command.recorded_at), 'reply', null);
end $$;

-- As before, but: the event of a refused paper has a key that no caller can have (theirs hold no slash), so that nobody keeps the
-- case from hearing of it; and it names the kind of paper as which the case counts the file.
create or replace function diktyo.judge_quarantined(p_municipality text, p_document_id text, p_state text, p_note jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_document diktyo.document;
  v_state jsonb;
  v_language text;
  v_kind text;
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
      v_kind := case when v_state is null then v_document.kind else coalesce(
        (select counted.key from jsonb_each(v_state->'documents') as counted where counted.value->'documentIds' ? p_document_id limit 1),
        (select m.payload->>'documentKind' from diktyo.case_command m
         where m.municipality = p_municipality and m.case_id = v_document.case_id and m.kind = 'documentProvided'
           and m.payload->'documentIds' ? p_document_id
           and not exists (select 1 from diktyo.case_event e
                           where e.municipality = p_municipality and e.case_id = m.case_id and e.event_id = m.event_id)
         limit 1)) end;
      if v_kind is not null then
        v_recorded := diktyo.record_action(jsonb_build_object('municipality', p_municipality, 'caseId', v_document.case_id,
          'key', 'scan/' || p_document_id, 'kind', 'documentJudged', 'actor', '{"kind": "system"}'::jsonb,
          'payload', jsonb_build_object('documentKind', v_kind, 'accepted', false, 'note', coalesce(p_note->>v_language, p_note->>'el')),
          'payloadHash', 'scan', 'graceSeconds', 0));
      end if;
    end if;
  end if;
  return jsonb_build_object('state', p_state, 'isCaseTold', coalesce(v_recorded ? 'recordedAt', false));
end $$;

-- An attempt that was given up may end after a person had the effect tried again. That something was sent is true whoever says so,
-- and ends it; anything else is said of the attempt that says it (`attempt`), and of no later one.
create or replace function diktyo.finish_effect(p_municipality text, p_case_id text, p_command_key text, p_result jsonb) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  -- The code of a delivered message has no business here any longer.
  update diktyo.effect set status = p_result->>'status', output = p_result->'output', last_error = left(p_result->>'error', 500),
    finished_at = clock_timestamp(),
    fields = case when message_id = '@one-time-code' and p_result->>'status' = 'sent' then '{}' else fields end
  where municipality = p_municipality and case_id = p_case_id and command_key = p_command_key
    and case when p_result->>'status' = 'sent' then status in ('trying', 'uncertain', 'planned', 'notSent')
      else status in ('trying', 'uncertain') and attempts = coalesce((p_result->>'attempt')::integer, attempts) end;
  return found;
end $$;

-- As before, but a call that a closed case has left behind needs no kernel: nobody would carry it out.
create or replace function diktyo.describe_watched(p_municipality text, p_case_id text, p_quiet timestamptz, p_closed boolean) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  v_case record;
  v_hash text;
  v_needs_kernel boolean;
begin
  select c.version, c.closed, c.changed_at into v_case from diktyo.case_record c where c.case_id = p_case_id and c.municipality = p_municipality;
  if not found then return null; end if;
  v_needs_kernel := not v_case.closed or (v_case.changed_at < p_quiet and exists (
    select 1 from diktyo.effect f
    where f.case_id = p_case_id and f.municipality = p_municipality and f.status in ('planned', 'trying', 'notSent', 'uncertain')
      and f.message_id <> '@one-time-code' and f.last_error is distinct from 'message.noAddress'
      and not exists (
        select 1 from diktyo.incident i
        where i.case_id = f.case_id and i.municipality = f.municipality and i.command_key = f.command_key and i.settled_at is null)));
  if not v_needs_kernel and not p_closed then return null; end if;
  select o.definition_hash into v_hash from diktyo.outbox o
  where o.case_id = p_case_id and o.municipality = p_municipality and o.kind = 'start' and o.sent_at is not null limit 1;
  if not found then return null; end if;
  return jsonb_build_object('municipality', p_municipality, 'caseId', p_case_id, 'definitionHash', v_hash, 'version', v_case.version,
    'needsKernel', v_needs_kernel, 'changedSecondsAgo', extract(epoch from clock_timestamp() - v_case.changed_at)::double precision);
end $$;
