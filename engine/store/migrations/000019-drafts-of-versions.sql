-- A draft moves on with the programme: it is kept under the version whose form its owner sees now.
drop function diktyo.save_draft(text, text, integer, jsonb);
create function diktyo.save_draft(p_municipality text, p_resume_code_hash text, p_version integer, p_answers jsonb, p_hash text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare v_draft diktyo.draft;
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  select * into v_draft from diktyo.draft d
  where d.municipality = p_municipality and d.resume_code_hash = p_resume_code_hash
    and d.closed_at is null and d.expires_at > clock_timestamp()
  for update;
  if not found then return null; end if;
  if v_draft.version <> p_version then
    -- The answer to the first try was lost: what is being saved is already there.
    if v_draft.version = p_version + 1 and v_draft.answers = p_answers then return diktyo.describe_draft(v_draft); end if;
    return diktyo.refusal('draft.changedElsewhere');
  end if;
  if p_hash is not null and not exists (select 1 from diktyo.programme_version
      where municipality = p_municipality and hash = p_hash and programme_id = v_draft.programme_id) then
    return diktyo.refusal('programme.notFound', '/hash');
  end if;
  update diktyo.draft set answers = p_answers, version = version + 1, definition_hash = coalesce(p_hash, definition_hash)
  where municipality = p_municipality and draft_id = v_draft.draft_id
  returning * into v_draft;
  return diktyo.describe_draft(v_draft);
end $$;

grant execute on function diktyo.save_draft(text, text, integer, jsonb, text) to diktyo_api;
