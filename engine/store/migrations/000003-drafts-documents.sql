create table diktyo.draft (
  municipality text not null,
  draft_id text collate "C" not null,
  creation_key text not null,
  resume_code_hash text not null,
  programme_id text not null,
  definition_hash text not null,
  answers jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  closed_at timestamptz,
  primary key (draft_id, municipality),
  unique (creation_key, municipality),
  unique (resume_code_hash, municipality)
);
select diktyo.raise_wall('diktyo.draft');

create table diktyo.document (
  municipality text not null,
  document_id text collate "C" not null,
  draft_id text,
  case_id text,
  kind text not null,
  name text not null,
  media_type text not null,
  size_bytes integer not null check (size_bytes >= 0),
  state text not null default 'expected' check (state in ('expected', 'quarantined', 'clean', 'refused')),
  sha256 text,
  announced_by jsonb not null,
  announced_at timestamptz not null default clock_timestamp(),
  stored_at timestamptz,
  primary key (document_id, municipality)
);
create index document_of_case on diktyo.document (case_id, municipality) where case_id is not null;
create index document_of_draft on diktyo.document (draft_id, municipality) where draft_id is not null;
select diktyo.raise_wall('diktyo.document');

-- Apart from the description, so that no list ever drags a file along.
create table diktyo.document_content (
  municipality text not null,
  document_id text collate "C" not null,
  bytes bytea not null,
  primary key (document_id, municipality)
);
alter table diktyo.document_content alter column bytes set storage external;
select diktyo.raise_wall('diktyo.document_content');

create function diktyo.describe_document(p_document diktyo.document) returns jsonb
language sql immutable
as $$
  select jsonb_build_object('documentId', p_document.document_id, 'kind', p_document.kind, 'name', p_document.name,
    'mediaType', p_document.media_type, 'sizeBytes', p_document.size_bytes, 'state', p_document.state)
$$;

create function diktyo.describe_draft(p_draft diktyo.draft) returns jsonb
language sql stable
as $$
  select jsonb_build_object('draftId', p_draft.draft_id, 'municipality', p_draft.municipality, 'programmeId', p_draft.programme_id,
    'hash', p_draft.definition_hash, 'answers', p_draft.answers, 'version', p_draft.version, 'expiresAt', diktyo.instant(p_draft.expires_at),
    'documents', (select coalesce(jsonb_agg(diktyo.describe_document(d) order by d.announced_at), '[]') from diktyo.document d
                  where d.municipality = p_draft.municipality and d.draft_id = p_draft.draft_id))
$$;

-- The same key gives the same draft; its resume code becomes the newest one, for the first answer may never have arrived.
create function diktyo.create_draft(p_input jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text := p_input->>'municipality';
  v_draft diktyo.draft;
begin
  perform set_config('diktyo.municipality', v_municipality, true);
  insert into diktyo.draft as d (municipality, draft_id, creation_key, resume_code_hash, programme_id, definition_hash, answers, expires_at)
  values (v_municipality, p_input->>'draftId', p_input->>'key', p_input->>'resumeCodeHash', p_input->>'programmeId', p_input->>'hash',
          p_input->'answers', clock_timestamp() + make_interval(days => (p_input->>'daysKept')::integer))
  on conflict (municipality, creation_key) do update set resume_code_hash = excluded.resume_code_hash
  returning * into v_draft;
  return diktyo.describe_draft(v_draft);
end $$;

create function diktyo.read_draft(p_municipality text, p_resume_code_hash text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return (
    select diktyo.describe_draft(d) from diktyo.draft d
    where d.municipality = p_municipality and d.resume_code_hash = p_resume_code_hash
      and d.closed_at is null and d.expires_at > clock_timestamp());
end $$;

create function diktyo.save_draft(p_municipality text, p_resume_code_hash text, p_version integer, p_answers jsonb) returns jsonb
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
  update diktyo.draft set answers = p_answers, version = version + 1
  where municipality = p_municipality and draft_id = v_draft.draft_id
  returning * into v_draft;
  return diktyo.describe_draft(v_draft);
end $$;

create function diktyo.announce_document(p_input jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text := p_input->>'municipality';
  v_draft text := p_input#>>'{owner,draftId}';
  v_case text := p_input#>>'{owner,caseId}';
  c_documents_max constant integer := 200;
  v_document diktyo.document;
begin
  perform set_config('diktyo.municipality', v_municipality, true);
  if v_draft is not null and not exists (select 1 from diktyo.draft where municipality = v_municipality and draft_id = v_draft and closed_at is null)
  then return diktyo.refusal('draft.unknown'); end if;
  if v_case is not null and not exists (select 1 from diktyo.case_record where municipality = v_municipality and case_id = v_case)
  then return diktyo.refusal('case.notFound'); end if;
  if (v_draft is not null or v_case is not null)
    and (select count(*) >= c_documents_max from diktyo.document where municipality = v_municipality and (draft_id = v_draft or case_id = v_case))
  then return diktyo.refusal('document.tooMany', null, jsonb_build_object('limit', c_documents_max::text)); end if;
  insert into diktyo.document as d (municipality, document_id, draft_id, case_id, kind, name, media_type, size_bytes, announced_by)
  values (v_municipality, p_input->>'documentId', v_draft, v_case, p_input->>'kind', p_input->>'name', p_input->>'mediaType',
          (p_input->>'sizeBytes')::integer, p_input->'by')
  returning * into v_document;
  return diktyo.describe_document(v_document);
end $$;

-- The bytes of an announced document, once. The owner must be the one it was announced for.
create function diktyo.store_document(p_input jsonb, p_bytes bytea) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text := p_input->>'municipality';
  v_document diktyo.document;
begin
  perform set_config('diktyo.municipality', v_municipality, true);
  select * into v_document from diktyo.document d
  where d.municipality = v_municipality and d.document_id = p_input->>'documentId'
    and d.draft_id is not distinct from p_input#>>'{owner,draftId}' and d.case_id is not distinct from p_input#>>'{owner,caseId}'
  for update;
  if not found then return null; end if;
  if v_document.state <> 'expected' then
    if v_document.sha256 = p_input->>'sha256' then return diktyo.describe_document(v_document); end if;
    return diktyo.refusal('document.alreadyStored');
  end if;
  if octet_length(p_bytes) <> v_document.size_bytes then
    return diktyo.refusal('document.sizeDiffers', null, jsonb_build_object('expected', v_document.size_bytes::text));
  end if;
  -- A refused file is remembered, its bytes are not kept.
  if p_input->>'state' <> 'refused' then
    insert into diktyo.document_content (municipality, document_id, bytes) values (v_municipality, v_document.document_id, p_bytes);
  end if;
  update diktyo.document set state = p_input->>'state', sha256 = p_input->>'sha256', stored_at = clock_timestamp()
  where municipality = v_municipality and document_id = v_document.document_id
  returning * into v_document;
  return diktyo.describe_document(v_document);
end $$;

-- Only a clean file of this very case; the reader is written down in the same statement.
create function diktyo.read_document(p_municipality text, p_document_id text, p_case_id text, p_reader jsonb)
returns table (description jsonb, bytes bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.municipality', p_municipality, true);
  return query
    select diktyo.describe_document(d), c.bytes
    from diktyo.document d join diktyo.document_content c using (municipality, document_id)
    where d.municipality = p_municipality and d.document_id = p_document_id and d.case_id = p_case_id and d.state = 'clean';
  if found then
    insert into diktyo.audit_entry (municipality, action, actor, case_id, purpose, detail)
    values (p_municipality, 'documentRead', p_reader, p_case_id, 'case', jsonb_build_object('documentId', p_document_id));
  end if;
end $$;

grant execute on function diktyo.create_draft(jsonb), diktyo.read_draft(text, text), diktyo.save_draft(text, text, integer, jsonb),
  diktyo.announce_document(jsonb), diktyo.store_document(jsonb, bytea), diktyo.read_document(text, text, text, jsonb) to diktyo_api;
