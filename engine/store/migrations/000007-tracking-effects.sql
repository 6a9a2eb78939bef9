-- One-time codes: the second factor after the tracking code. Only hashes; the code itself lies in its message until it is sent.
create table diktyo.challenge (
  municipality text not null,
  challenge_id text collate "C" not null default gen_random_uuid()::text,
  case_id text collate "C" not null,
  channel text not null check (channel in ('email', 'sms')),
  code_hash text not null,
  attempts integer not null default 0,
  opened_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  answered_at timestamptz,
  primary key (challenge_id, municipality)
);
create index challenge_of_case on diktyo.challenge (case_id, opened_at, municipality);
select diktyo.raise_wall('diktyo.challenge');

create table diktyo.tracking_session (
  municipality text not null,
  session_hash text collate "C" not null,
  case_id text collate "C" not null,
  expires_at timestamptz not null,
  primary key (session_hash, municipality)
);
select diktyo.raise_wall('diktyo.tracking_session');

-- Codes that fitted nothing, by hour: many of them is somebody guessing.
create table diktyo.tracking_miss (
  municipality text not null,
  hour timestamptz not null,
  misses integer not null,
  primary key (municipality, hour)
);
select diktyo.raise_wall('diktyo.tracking_miss');

-- Unknown, foreign and erased codes take the same path: one look-up in one index, one counter.
create function diktyo.find_stage(p_municipality text, p_tracking_code_hash text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare v_found jsonb;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  select jsonb_build_object('caseId', c.case_id, 'protocolNumber', diktyo.protocol_text(c.protocol_number, c.protocol_year),
      'filedAt', diktyo.instant(c.filed_at), 'status', c.status,
      'hasEmail', coalesce(a.subject->>'email', '') <> '', 'hasPhone', coalesce(a.subject->>'phone', '') <> '') into v_found
  from diktyo.application a join diktyo.case_record c on c.municipality = a.municipality and c.case_id = a.application_id
  where a.municipality = p_municipality and a.tracking_code_hash = p_tracking_code_hash;
  if v_found is null then
    -- Only a count: it need not survive a crash, and nobody shall wait for the disk, or for others, because of it.
    perform set_config('synchronous_commit', 'off', true);
    insert into diktyo.tracking_miss as known (municipality, hour, misses)
    values (p_municipality, date_trunc('hour', clock_timestamp(), 'UTC'), 1)
    on conflict (municipality, hour) do update set misses = known.misses + 1;
  end if;
  return v_found;
end $$;

-- At most five an hour and case. The answer never says whether there was anybody to send to.
create function diktyo.open_challenge(p_input jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text := p_input->>'municipality';
  v_channel text := p_input->>'channel';
  v_now timestamptz := clock_timestamp();
  v_expires_at timestamptz := clock_timestamp() + make_interval(mins => (p_input->>'minutesValid')::integer);
  v_case text;
  v_hash text;
  v_key text;
begin
  perform set_config('diktyo.municipality', v_municipality, true);
  select a.application_id, a.definition_hash into v_case, v_hash from diktyo.application a
  where a.municipality = v_municipality and a.tracking_code_hash = p_input->>'trackingCodeHash'
    and coalesce(a.subject->>(case v_channel when 'sms' then 'phone' else 'email' end), '') <> ''
  for no key update;
  if not found then return '{"sent": false}'; end if;
  if (select count(*) >= 5 from diktyo.challenge
      where municipality = v_municipality and case_id = v_case and opened_at > v_now - interval '1 hour') then
    return '{"sent": false}';
  end if;
  insert into diktyo.challenge (municipality, case_id, channel, code_hash, expires_at)
  values (v_municipality, v_case, v_channel, p_input->>'codeHash', v_expires_at)
  returning 'one-time-code/' || challenge_id into v_key;
  insert into diktyo.effect (municipality, case_id, command_key, kind, message_id, fields, channel, expires_at)
  values (v_municipality, v_case, v_key, 'message', '@one-time-code', jsonb_build_object('code', p_input->>'code'), v_channel, v_expires_at);
  insert into diktyo.outbox (municipality, case_id, kind, definition_hash, event_id, available_at)
  values (v_municipality, v_case, 'message', v_hash, v_key, v_now);
  insert into diktyo.audit_entry (municipality, action, actor, case_id, detail)
  values (v_municipality, 'codeSent', '{"kind": "citizen"}', v_case, jsonb_build_object('channel', v_channel));
  return '{"sent": true}';
end $$;

-- Five tries for each code; right once and it is used up.
create function diktyo.answer_challenge(p_input jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text := p_input->>'municipality';
  v_now timestamptz := clock_timestamp();
  v_challenge diktyo.challenge;
begin
  perform set_config('diktyo.municipality', v_municipality, true);
  select c.* into v_challenge
  from diktyo.application a join diktyo.challenge c on c.municipality = a.municipality and c.case_id = a.application_id
  where a.municipality = v_municipality and a.tracking_code_hash = p_input->>'trackingCodeHash'
    and c.answered_at is null and c.expires_at > v_now
  order by c.opened_at desc limit 1
  for update of c;
  if not found or v_challenge.attempts >= 5 then return null; end if;
  if v_challenge.code_hash <> p_input->>'codeHash' then
    update diktyo.challenge set attempts = attempts + 1 where municipality = v_municipality and challenge_id = v_challenge.challenge_id;
    return null;
  end if;
  update diktyo.challenge set answered_at = v_now where municipality = v_municipality and challenge_id = v_challenge.challenge_id;
  insert into diktyo.tracking_session (municipality, session_hash, case_id, expires_at)
  values (v_municipality, p_input->>'sessionHash', v_challenge.case_id, v_now + make_interval(mins => (p_input->>'minutesValid')::integer));
  insert into diktyo.audit_entry (municipality, action, actor, case_id, purpose)
  values (v_municipality, 'citizenSignedIn', '{"kind": "citizen"}', v_challenge.case_id, 'tracking');
  return jsonb_build_object('caseId', v_challenge.case_id);
end $$;

create function diktyo.read_tracking_session(p_municipality text, p_session_hash text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return (select jsonb_build_object('caseId', case_id) from diktyo.tracking_session
          where municipality = p_municipality and session_hash = p_session_hash and expires_at > clock_timestamp());
end $$;

grant execute on function diktyo.find_stage(text, text), diktyo.open_challenge(jsonb), diktyo.answer_challenge(jsonb),
  diktyo.read_tracking_session(text, text) to diktyo_api;

-- The attempt is written down before the outside is touched. Whoever finds an attempt begun and not ended cannot know
-- whether it got through: it becomes `uncertain`, and a person decides.
create function diktyo.begin_effect(p_municipality text, p_case_id text, p_command_key text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_effect diktyo.effect;
  v_application diktyo.application;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  select * into v_effect from diktyo.effect
  where municipality = p_municipality and case_id = p_case_id and command_key = p_command_key for update;
  if not found then return null; end if;
  if v_effect.status in ('trying', 'uncertain') then
    update diktyo.effect set status = 'uncertain' where municipality = p_municipality and case_id = p_case_id and command_key = p_command_key;
    return '{"kind": "uncertain"}';
  end if;
  if v_effect.status in ('sent', 'settled', 'dropped') or v_effect.expires_at < clock_timestamp() then return '{"kind": "done"}'; end if;
  update diktyo.effect set status = 'trying', attempts = attempts + 1, tried_at = clock_timestamp(), finished_at = null
  where municipality = p_municipality and case_id = p_case_id and command_key = p_command_key
  returning * into v_effect;
  if v_effect.kind = 'call' then
    return jsonb_build_object('kind', 'call', 'attempt', v_effect.attempts, 'activity', v_effect.activity, 'input', v_effect.input);
  end if;
  select * into v_application from diktyo.application where municipality = p_municipality and application_id = p_case_id;
  return jsonb_build_object('kind', 'message', 'attempt', v_effect.attempts, 'messageId', v_effect.message_id,
      'fields', coalesce(v_effect.fields, '{}'), 'definitionHash', v_application.definition_hash,
      'language', coalesce(v_application.subject->>'language', 'el'), 'messageKey', concat_ws('/', p_municipality, p_case_id, p_command_key))
    || case when v_application.subject ? 'email' and coalesce(v_effect.channel, 'email') = 'email'
      then jsonb_build_object('email', v_application.subject->>'email') else '{}' end
    || case when v_application.subject ? 'phone' and coalesce(v_effect.channel, 'sms') = 'sms'
      then jsonb_build_object('phone', v_application.subject->>'phone') else '{}' end;
end $$;

create function diktyo.finish_effect(p_municipality text, p_case_id text, p_command_key text, p_result jsonb) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  -- The code of a delivered message has no business here any longer.
  update diktyo.effect set status = p_result->>'status', output = p_result->'output', last_error = left(p_result->>'error', 500),
    finished_at = clock_timestamp(),
    fields = case when message_id = '@one-time-code' and p_result->>'status' = 'sent' then '{}' else fields end
  where municipality = p_municipality and case_id = p_case_id and command_key = p_command_key and status in ('trying', 'uncertain');
  return found;
end $$;

grant execute on function diktyo.begin_effect(text, text, text), diktyo.finish_effect(text, text, text, jsonb) to diktyo_worker;
