-- What staff and citizens want to happen, stored before anybody is told of it. Payloads live here, never in a history.
create table diktyo.case_command (
  municipality text not null,
  case_id text collate "C" not null,
  event_id text collate "C" not null,
  kind text not null,
  actor jsonb not null,
  payload jsonb not null,
  payload_hash text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (case_id, event_id, municipality)
);
select diktyo.raise_wall('diktyo.case_command');

-- What did happen, accepted or refused, each once; versions of accepted events run 1, 2, 3, … without a gap.
create table diktyo.case_event (
  municipality text not null,
  case_id text collate "C" not null,
  event_id text collate "C" not null,
  version integer not null,
  kind text not null,
  at timestamptz not null,
  actor jsonb not null,
  payload jsonb not null,
  accepted boolean not null,
  refusal jsonb,
  commands jsonb not null default '[]',
  status jsonb,
  applied_at timestamptz not null default clock_timestamp(),
  primary key (case_id, event_id, municipality),
  check (accepted = (refusal is null))
);
create unique index case_event_version on diktyo.case_event (case_id, version, municipality) where accepted;
select diktyo.raise_wall('diktyo.case_event');

create table diktyo.task (
  municipality text not null,
  task_id text collate "C" not null default gen_random_uuid()::text,
  case_id text collate "C" not null,
  task_key text not null,
  step_id text not null,
  role text not null,
  title jsonb not null,
  due_at timestamptz,
  opened_at timestamptz not null default clock_timestamp(),
  claimed_by text,
  claimed_at timestamptz,
  closed_at timestamptz,
  primary key (task_id, municipality),
  unique (case_id, task_key, municipality)
);
create index task_queue on diktyo.task (municipality, role, (coalesce(due_at, 'infinity'::timestamptz)), task_id) where closed_at is null;
select diktyo.raise_wall('diktyo.task');

-- An outside effect, stored before it is tried, at most one per (case, command).
create table diktyo.effect (
  municipality text not null,
  case_id text collate "C" not null,
  command_key text collate "C" not null,
  kind text not null check (kind in ('message', 'call')),
  message_id text,
  fields jsonb,
  channel text,
  activity text,
  input jsonb,
  output jsonb,
  status text not null default 'planned'
    check (status in ('planned', 'trying', 'sent', 'notSent', 'uncertain', 'settled', 'dropped')),
  attempts integer not null default 0,
  last_error text,
  planned_at timestamptz not null default clock_timestamp(),
  tried_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz,
  primary key (case_id, command_key, municipality)
);
select diktyo.raise_wall('diktyo.effect');

create table diktyo.incident (
  municipality text not null,
  case_id text collate "C" not null,
  incident_id text collate "C" not null,
  command_key text not null,
  code text not null,
  opened_at timestamptz not null,
  settled_at timestamptz,
  resolution text check (resolution in ('retry', 'done', 'drop')),
  primary key (case_id, incident_id, municipality)
);
create index incident_open on diktyo.incident (municipality, opened_at) where settled_at is null;
select diktyo.raise_wall('diktyo.incident');

-- The parts of an award, as the case's state holds them, for lists and sums.
create table diktyo.payment (
  municipality text not null,
  case_id text collate "C" not null,
  part_id text collate "C" not null,
  amount_cents bigint not null check (amount_cents >= 0),
  due_at timestamptz not null,
  paid_on date,
  reference text,
  primary key (case_id, part_id, municipality)
);
select diktyo.raise_wall('diktyo.payment');

-- What the caller of an action heard, or would have heard.
create function diktyo.describe_reply(p_event diktyo.case_event) returns jsonb
language sql immutable
as $$
  select case when p_event.accepted
    then jsonb_build_object('accepted', true, 'version', p_event.version, 'status', p_event.status)
    else jsonb_build_object('accepted', false, 'refusal', p_event.refusal) end
$$;

create function diktyo.describe_documents(p_municipality text, p_case_id text) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(diktyo.describe_document(d) order by d.announced_at, d.document_id), '[]')
  from diktyo.document d where d.municipality = p_municipality and d.case_id = p_case_id
$$;

-- Stores an action and hands it to the relay, which waits `graceSeconds`: usually the caller's own update is faster.
create function diktyo.record_action(p_input jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text := p_input->>'municipality';
  v_case text := p_input->>'caseId';
  v_key text := p_input->>'key';
  v_kind text := p_input->>'kind';
  v_closed boolean;
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
                      and d.case_id = v_case and d.state in ('quarantined', 'clean')))
  then return diktyo.refusal('application.documentsInvalid', '/documentIds'); end if;
  insert into diktyo.case_command (municipality, case_id, event_id, kind, actor, payload, payload_hash)
  values (v_municipality, v_case, v_key, v_kind, p_input->'actor', p_input->'payload', p_input->>'payloadHash')
  returning * into v_command;
  insert into diktyo.outbox (municipality, case_id, kind, definition_hash, event_id, event_kind, available_at)
  select v_municipality, v_case, 'event', definition_hash, v_key, v_kind,
    v_command.recorded_at + make_interval(secs => (p_input->>'graceSeconds')::double precision)
  from diktyo.application where municipality = v_municipality and application_id = v_case;
  insert into diktyo.audit_entry (municipality, action, actor, case_id, detail)
  values (v_municipality, 'actionRecorded', p_input->'actor', v_case, jsonb_build_object('eventId', v_key, 'kind', v_kind));
  return jsonb_build_object('recordedAt', diktyo.instant(v_command.recorded_at), 'reply', null);
end $$;

create function diktyo.read_reply(p_municipality text, p_case_id text, p_key text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return (select diktyo.describe_reply(e) from diktyo.case_event e
          where e.municipality = p_municipality and e.case_id = p_case_id and e.event_id = p_key);
end $$;

-- Everything that the pure step reads, or that the event has been applied already.
create function diktyo.load_case(p_municipality text, p_case_id text, p_event_id text, p_command_key text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_case diktyo.case_record;
  v_application diktyo.application;
  v_command diktyo.case_command;
  v_event jsonb;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  select * into v_case from diktyo.case_record where municipality = p_municipality and case_id = p_case_id;
  if not found then return null; end if;
  select * into v_application from diktyo.application where municipality = p_municipality and application_id = p_case_id;
  select * into v_command from diktyo.case_command
  where municipality = p_municipality and case_id = p_case_id and event_id = p_event_id;
  if found then
    v_event := jsonb_build_object('id', v_command.event_id, 'kind', v_command.kind, 'at', diktyo.instant(v_command.recorded_at),
      'actor', v_command.actor, 'payload', v_command.payload);
  elsif p_event_id = 'filed' then
    v_event := jsonb_build_object('id', 'filed', 'kind', 'filed', 'at', diktyo.instant(v_case.filed_at),
      'actor', v_application.actor, 'payload', '{}'::jsonb);
  end if;
  return jsonb_build_object('version', v_case.version, 'hash', v_application.definition_hash, 'state', v_case.state,
    'answers', v_application.answers, 'actor', v_application.actor, 'filedAt', diktyo.instant(v_case.filed_at), 'event', v_event,
    'protocolNumber', diktyo.protocol_text(v_case.protocol_number, v_case.protocol_year),
    'documents', diktyo.describe_documents(p_municipality, p_case_id),
    'callOutput', (select output from diktyo.effect
                   where municipality = p_municipality and case_id = p_case_id and command_key = p_command_key),
    'applied', (
      select jsonb_build_object('commands', e.commands, 'reply', jsonb_build_object('accepted', e.accepted, 'version', e.version)
        || case when e.accepted then '{}' else jsonb_build_object('code', e.refusal->>'code') end)
      from diktyo.case_event e where e.municipality = p_municipality and e.case_id = p_case_id and e.event_id = p_event_id));
end $$;

-- Parts, effects, incidents and tasks of one plan; only ever called by apply_event, inside its municipality.
create function diktyo.carry_out_plan(p_municipality text, p_case_id text, p_plan jsonb) returns void
language plpgsql
as $$
begin
  insert into diktyo.effect (municipality, case_id, command_key, kind, message_id, fields, activity, input)
  select p_municipality, p_case_id, e->>'commandKey', e->>'kind', e->>'messageId', e->'fields', e->>'activity', e->'input'
  from jsonb_array_elements(p_plan->'effects') as e on conflict do nothing;
  insert into diktyo.task (municipality, case_id, task_key, step_id, role, title, due_at)
  select p_municipality, p_case_id, t->>'taskKey', t->>'stepId', t->>'role', t->'title', (t->>'dueAt')::timestamptz
  from jsonb_array_elements(p_plan->'tasks') as t where t->>'change' = 'open' on conflict do nothing;
  -- Escalated: another role's, and nobody's yet.
  update diktyo.task set role = t->>'role', title = t->'title', due_at = (t->>'dueAt')::timestamptz, claimed_by = null, claimed_at = null
  from jsonb_array_elements(p_plan->'tasks') as t
  where t->>'change' = 'escalate' and municipality = p_municipality and case_id = p_case_id and task_key = t->>'taskKey' and closed_at is null;
  update diktyo.task set closed_at = clock_timestamp()
  from jsonb_array_elements(p_plan->'tasks') as t
  where t->>'change' = 'close' and municipality = p_municipality and case_id = p_case_id and task_key = t->>'taskKey' and closed_at is null;
  if jsonb_array_length(p_plan->'incidents') > 0 then
    insert into diktyo.incident (municipality, case_id, incident_id, command_key, code, opened_at)
    select p_municipality, p_case_id, i#>>'{incident,id}', i#>>'{incident,commandKey}', i#>>'{incident,code}', (i#>>'{incident,openedAt}')::timestamptz
    from jsonb_array_elements(p_plan->'incidents') as i where i->>'change' = 'open' on conflict do nothing;
    update diktyo.incident set settled_at = (i#>>'{incident,settledAt}')::timestamptz, resolution = i#>>'{incident,resolution}'
    from jsonb_array_elements(p_plan->'incidents') as i
    where i->>'change' = 'settle' and municipality = p_municipality and case_id = p_case_id and incident_id = i#>>'{incident,id}';
    -- A person has looked: the effect may be tried again, counts as done, or is given up.
    update diktyo.effect set status = case i#>>'{incident,resolution}' when 'retry' then 'planned' when 'done' then 'settled' else 'dropped' end
    from jsonb_array_elements(p_plan->'incidents') as i
    where i->>'change' = 'settle' and municipality = p_municipality and case_id = p_case_id and command_key = i#>>'{incident,commandKey}'
      and status <> 'sent';
  end if;
  if jsonb_array_length(p_plan#>'{state,parts}') > 0 then
    insert into diktyo.payment as known (municipality, case_id, part_id, amount_cents, due_at, paid_on, reference)
    select p_municipality, p_case_id, p->>'partId', (p->>'amountCents')::bigint, (p->>'dueAt')::timestamptz, (p->>'paidOn')::date, p->>'reference'
    from jsonb_array_elements(p_plan#>'{state,parts}') as p
    on conflict (municipality, case_id, part_id) do update
      set amount_cents = excluded.amount_cents, due_at = excluded.due_at, paid_on = excluded.paid_on, reference = excluded.reference
      where (known.amount_cents, known.due_at, known.paid_on, known.reference)
        is distinct from (excluded.amount_cents, excluded.due_at, excluded.paid_on, excluded.reference);
  end if;
end $$;

-- Event, state, read model, tasks, effects, incidents, payments: all of it if the version still stands, else nothing and null.
create function diktyo.apply_event(p_input jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text := p_input->>'municipality';
  v_case text := p_input->>'caseId';
  v_event jsonb := p_input->'event';
  v_plan jsonb := nullif(p_input->'plan', 'null');
  v_refusal jsonb := nullif(p_input->'refusal', 'null');
  v_version integer;
begin
  perform set_config('diktyo.municipality', v_municipality, true);
  select version into v_version from diktyo.case_record where municipality = v_municipality and case_id = v_case for update;
  if not found or v_version <> (p_input->>'version')::integer then return null; end if;
  if v_plan is not null then v_version := v_version + 1; end if;
  insert into diktyo.case_event (municipality, case_id, event_id, version, kind, at, actor, payload, accepted, refusal, commands, status)
  values (v_municipality, v_case, v_event->>'id', v_version, v_event->>'kind', (v_event->>'at')::timestamptz, v_event->'actor',
    v_event->'payload', v_plan is not null, v_refusal, coalesce(v_plan->'commands', '[]'), v_plan->'status')
  on conflict (municipality, case_id, event_id) do nothing;
  if not found then return null; end if;
  if v_plan is not null then
    update diktyo.case_record set version = v_version, state = v_plan->'state', status = v_plan->'status',
      closed = v_plan#>>'{state,status}' = 'closed', changed_at = clock_timestamp()
    where municipality = v_municipality and case_id = v_case;
    perform diktyo.carry_out_plan(v_municipality, v_case, v_plan);
  end if;
  update diktyo.outbox set sent_at = clock_timestamp(), leased_until = null
  where municipality = v_municipality and case_id = v_case and event_id = v_event->>'id' and kind = 'event' and sent_at is null;
  insert into diktyo.audit_entry (municipality, action, actor, case_id, detail)
  values (v_municipality, 'eventApplied', v_event->'actor', v_case,
    jsonb_build_object('eventId', v_event->>'id', 'kind', v_event->>'kind', 'version', v_version, 'accepted', v_plan is not null));
  return jsonb_build_object('version', v_version);
end $$;

grant execute on function diktyo.record_action(jsonb), diktyo.read_reply(text, text, text) to diktyo_api;
grant execute on function diktyo.load_case(text, text, text, text), diktyo.apply_event(jsonb) to diktyo_worker;
