-- What was filed, exactly as it was filed. Never changed afterwards.
-- Keys begin with what is rare, not with the municipality: a planner that has no statistics yet cannot choose wrongly.
create table diktyo.application (
  municipality text not null,
  application_id text collate "C" not null,
  submission_key text not null,
  body_hash text not null,
  tracking_code_hash text not null,
  tracking_nonce text not null,
  programme_id text not null,
  definition_hash text not null,
  answers jsonb not null,
  subject jsonb not null,
  actor jsonb not null,
  channel text not null check (channel in ('web', 'desk', 'api')),
  draft_id text,
  primary key (application_id, municipality),
  unique (submission_key, municipality),
  unique (tracking_code_hash, municipality)
);
-- A usual application (2 to 8 KB) lies in its row: compressing it would cost more than all the rest of a filing.
alter table diktyo.application set (toast_tuple_target = 8160);
select diktyo.raise_wall('diktyo.application');

-- One row per municipality and year, held only from the taking of a number to the commit: that is what leaves no gap.
create table diktyo.protocol_counter (
  municipality text not null,
  year smallint not null,
  last_number integer not null,
  last_filed_at timestamptz not null,
  primary key (municipality, year)
) with (fillfactor = 20);
select diktyo.raise_wall('diktyo.protocol_counter');

-- The case: its entry in the protocol book, its memory (state) and what everyone may see of it (status).
create table diktyo.case_record (
  municipality text not null,
  case_id text collate "C" not null,
  protocol_year smallint not null,
  protocol_number integer not null check (protocol_number > 0),
  filed_at timestamptz not null,
  version integer not null default 0,
  state jsonb,
  status jsonb not null,
  closed boolean not null default false,
  changed_at timestamptz not null,
  primary key (case_id, municipality),
  unique (protocol_number, protocol_year, municipality)
) with (fillfactor = 70);
select diktyo.raise_wall('diktyo.case_record');

-- Folded words of the applicant's name, one a row. Plain comparison of text is leakproof, so that the search may use the
-- index under row-level security; patterns and trigrams may not.
create table diktyo.name_word (
  municipality text not null,
  word text collate "C" not null,
  case_id text collate "C" not null,
  primary key (municipality, word, case_id)
);
select diktyo.raise_wall('diktyo.name_word');

-- What the relay must still carry to the clock; references only. A sent row stays as the proof that it was.
create table diktyo.outbox (
  municipality text not null,
  case_id text collate "C" not null,
  outbox_id bigint generated always as identity,
  kind text not null check (kind in ('start', 'event', 'message')),
  definition_hash text not null,
  event_id text,
  event_kind text,
  available_at timestamptz not null,
  leased_until timestamptz,
  sent_at timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (case_id, outbox_id, municipality)
) with (fillfactor = 70);
create index outbox_waiting on diktyo.outbox (outbox_id) where sent_at is null;
select diktyo.raise_wall('diktyo.outbox');

create function diktyo.protocol_text(p_number integer, p_year smallint) returns text
language sql immutable parallel safe
as $$ select p_number::text || '/' || p_year::text $$;

-- Why a filing cannot be taken, or the receipt it already has; null when it is new and sound.
create function diktyo.examine_filing(p_municipality text, p_filing jsonb, p_now timestamptz) returns jsonb
language plpgsql
as $$
declare
  v_draft text := p_filing->>'draftId';
  v_documents jsonb := p_filing->'documentIds';
  v_count integer;
  v_found record;
begin
  select application_id, body_hash, tracking_nonce into v_found
  from diktyo.application where municipality = p_municipality and submission_key = p_filing->>'submissionKey';
  if found then
    if v_found.body_hash <> p_filing->>'bodyHash' then return diktyo.refusal('submission.keyReused'); end if;
    return (
      select jsonb_build_object('applicationId', case_id, 'trackingNonce', v_found.tracking_nonce, 'repeated', true,
        'protocolNumber', diktyo.protocol_text(protocol_number, protocol_year), 'filedAt', diktyo.instant(filed_at))
      from diktyo.case_record where municipality = p_municipality and case_id = v_found.application_id);
  end if;
  if not exists (select 1 from diktyo.programme_version
                 where municipality = p_municipality and hash = p_filing->>'hash' and programme_id = p_filing->>'programmeId') then
    return diktyo.refusal('programme.notFound', '/hash');
  end if;
  if v_draft is not null then
    perform 1 from diktyo.draft
    where municipality = p_municipality and draft_id = v_draft and closed_at is null and expires_at > p_now for update;
    if not found then return diktyo.refusal('draft.unknown', '/draftId'); end if;
  end if;
  if jsonb_array_length(v_documents) > 0 then
    perform 1 from diktyo.document
    where municipality = p_municipality and document_id in (select jsonb_array_elements_text(v_documents))
      and case_id is null and (draft_id is null or draft_id = v_draft) and state in ('quarantined', 'clean')
    for update;
    get diagnostics v_count = row_count;
    if v_count <> (select count(distinct id) from jsonb_array_elements_text(v_documents) as id) then
      return diktyo.refusal('application.documentsInvalid', '/documentIds');
    end if;
    update diktyo.document set case_id = p_filing->>'applicationId'
    where municipality = p_municipality and document_id in (select jsonb_array_elements_text(v_documents));
  end if;
  if v_draft is not null then
    update diktyo.draft set closed_at = p_now where municipality = p_municipality and draft_id = v_draft;
  end if;
  return null;
end $$;

-- Everything that a receipt promises, or nothing. Idempotent by (municipality, submission key). Several filings of one
-- municipality share a statement: under load they would only queue for the counter, and each would pay its own commit.
-- The order matters: what can be refused is looked at first, and the counter is taken last and held the shortest.
-- Answers, by submission key, a receipt or a refusal.
-- The length of the array would tempt the planner to plan anew each time: planning costs more than filing.
create function diktyo.file_applications(p_municipality text, p_filings jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_year smallint := extract(year from v_now at time zone 'Europe/Athens');
  v_answers jsonb := '{}';
  v_answer jsonb;
  v_filing jsonb;
  v_new jsonb[] := '{}';
  v_before integer;
begin
  if current_setting('synchronous_commit') = 'off' or current_setting('fsync') = 'off' or current_setting('full_page_writes') = 'off' then
    raise exception 'settings that could lose a receipt' using errcode = 'DK503';
  end if;
  perform set_config('diktyo.municipality', p_municipality, true);
  -- Two at once with the same key: the second waits here and then finds the first. Sorted, so that nobody waits in a ring.
  perform pg_advisory_xact_lock(locks.key) from (
    select hashtextextended(f->>'submissionKey', hashtext(p_municipality)) as key from jsonb_array_elements(p_filings) as f order by 1) as locks;
  for v_filing in select jsonb_array_elements(p_filings) loop
    v_answer := diktyo.examine_filing(p_municipality, v_filing, v_now);
    if v_answer is null then v_new := v_new || v_filing;
    else v_answers := v_answers || jsonb_build_object(v_filing->>'submissionKey', v_answer); end if;
  end loop;
  if cardinality(v_new) = 0 then return v_answers; end if;
  insert into diktyo.application (municipality, application_id, submission_key, body_hash, tracking_code_hash, tracking_nonce,
    programme_id, definition_hash, answers, subject, actor, channel, draft_id)
  select p_municipality, f->>'applicationId', f->>'submissionKey', f->>'bodyHash', f->>'trackingCodeHash', f->>'trackingNonce',
    f->>'programmeId', f->>'hash', f->'answers', f->'subject', f->'actor', f->>'channel', f->>'draftId' from unnest(v_new) as f;
  insert into diktyo.name_word (municipality, word, case_id)
  select p_municipality, word, f->>'applicationId' from unnest(v_new) as f, jsonb_array_elements_text(f->'nameWords') as word;
  insert into diktyo.outbox (municipality, case_id, kind, definition_hash, available_at)
  select p_municipality, f->>'applicationId', 'start', f->>'hash', v_now from unnest(v_new) as f;
  insert into diktyo.audit_entry (municipality, at, action, actor, case_id)
  select p_municipality, v_now, 'applicationFiled', f->'actor', f->>'applicationId' from unnest(v_new) as f;
  insert into diktyo.protocol_counter as counter (municipality, year, last_number, last_filed_at)
  values (p_municipality, v_year, cardinality(v_new), v_now)
  on conflict (municipality, year) do update
    set last_number = counter.last_number + excluded.last_number, last_filed_at = greatest(counter.last_filed_at, excluded.last_filed_at)
  returning last_number - cardinality(v_new), last_filed_at into v_before, v_now;
  insert into diktyo.case_record (municipality, case_id, protocol_year, protocol_number, filed_at, status, changed_at)
  select p_municipality, f->>'applicationId', v_year, v_before + place, v_now, f->'status', v_now
  from unnest(v_new) with ordinality as filing(f, place);
  return v_answers || (
    select jsonb_object_agg(f->>'submissionKey', jsonb_build_object('applicationId', f->'applicationId', 'trackingNonce', f->'trackingNonce',
      'protocolNumber', diktyo.protocol_text(v_before + place::integer, v_year), 'filedAt', diktyo.instant(v_now), 'repeated', false))
    from unnest(v_new) with ordinality as filing(f, place));
end $$;

-- One line of a list. Rows of other municipalities do not exist for it.
create function diktyo.summarise(p_municipality text, p_case_id text) returns jsonb
language sql stable
as $$
  select jsonb_build_object('caseId', c.case_id, 'protocolNumber', diktyo.protocol_text(c.protocol_number, c.protocol_year),
    'programmeId', a.programme_id, 'programmeTitle', v.title,
    'applicantName', concat_ws(' ', a.subject->>'givenName', a.subject->>'familyName'),
    'filedAt', diktyo.instant(c.filed_at), 'status', c.status, 'version', c.version)
  from diktyo.case_record c
  join diktyo.application a on a.municipality = c.municipality and a.application_id = c.case_id
  join diktyo.programme_version v on v.municipality = a.municipality and v.hash = a.definition_hash
  where c.municipality = p_municipality and c.case_id = p_case_id
$$;

-- By protocol number (year optional, newest first) or by beginnings of all the (distinct) folded words. Search first, no browsing:
-- nothing asked, nothing found. Whom the reader was shown is written down.
create function diktyo.search_cases(p_input jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text := p_input->>'municipality';
  v_limit integer := least((p_input->>'limit')::integer, 100);
  v_number integer := (p_input->>'number')::integer;
  v_words text[] := array(select jsonb_array_elements_text(p_input->'words'));
  v_cases text[];
begin
  perform set_config('diktyo.municipality', v_municipality, true);
  if v_number is not null then
    v_cases := array(
      select case_id from diktyo.case_record
      where municipality = v_municipality and protocol_number = v_number
        and protocol_year = any (case when p_input ? 'year' then array[(p_input->>'year')::smallint]
          else array(select year from diktyo.protocol_counter where municipality = v_municipality) end)
      order by protocol_year desc limit v_limit);
  elsif cardinality(v_words) > 0 then
    v_cases := array(
      select c.case_id from diktyo.case_record c
      where c.municipality = v_municipality and c.case_id in (
        select known.case_id from unnest(v_words) as wanted(word)
        join diktyo.name_word known on known.municipality = v_municipality
          and known.word >= wanted.word and known.word < wanted.word || chr(1114111)
        group by known.case_id having count(distinct wanted.word) = cardinality(v_words))
      order by c.filed_at desc, c.case_id limit v_limit);
  end if;
  insert into diktyo.audit_entry (municipality, action, actor, purpose, detail)
  values (v_municipality, 'searched', p_input->'reader', 'search', jsonb_build_object('shown', coalesce(to_jsonb(v_cases), '[]')));
  return (
    select coalesce(jsonb_agg(diktyo.summarise(v_municipality, found.case_id) order by found.place), '[]')
    from unnest(v_cases) with ordinality as found(case_id, place));
end $$;

grant execute on function diktyo.file_applications(text, jsonb), diktyo.search_cases(jsonb) to diktyo_api;
