-- Files that a member of staff has sent before the application they belong to exists: which of these are there, and of what
-- kind. Another person's are not there.
create function diktyo.describe_loose_documents(p_municipality text, p_documents jsonb, p_account text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return (
    select coalesce(jsonb_agg(diktyo.describe_document(d) order by d.announced_at, d.document_id), '[]')
    from diktyo.document d
    where d.municipality = p_municipality and d.document_id in (select jsonb_array_elements_text(p_documents))
      and d.draft_id is null and d.announced_by->>'account' = p_account);
end $$;

grant execute on function diktyo.describe_loose_documents(text, jsonb, text) to diktyo_api;
