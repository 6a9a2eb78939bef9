-- As before, but a message is told in the words of the version that its case is judged under now.
create or replace function diktyo.begin_effect(p_municipality text, p_case_id text, p_command_key text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_effect diktyo.effect;
  v_application diktyo.application;
  v_version text;
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
  select state#>>'{versions,-1,hash}' into v_version from diktyo.case_record where municipality = p_municipality and case_id = p_case_id;
  return jsonb_build_object('kind', 'message', 'attempt', v_effect.attempts, 'messageId', v_effect.message_id,
      'fields', coalesce(v_effect.fields, '{}'), 'definitionHash', coalesce(v_version, v_application.definition_hash),
      'language', coalesce(v_application.subject->>'language', 'el'), 'messageKey', concat_ws('/', p_municipality, p_case_id, p_command_key))
    || case when v_application.subject ? 'email' and coalesce(v_effect.channel, 'email') = 'email'
      then jsonb_build_object('email', v_application.subject->>'email') else '{}' end
    || case when v_application.subject ? 'phone' and coalesce(v_effect.channel, 'sms') = 'sms'
      then jsonb_build_object('phone', v_application.subject->>'phone') else '{}' end;
end $$;
