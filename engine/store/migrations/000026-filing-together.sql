-- Filings that wait together are looked at together: most are plainly new, and one look tells it of all of them.
-- Everything that a receipt promises, or nothing. Idempotent by (municipality, submission key). Several filings of one
-- municipality share a statement: under load they would only queue for the counter, and each would pay its own commit.
-- The order matters: what can be refused is looked at first, and the counter is taken last and held the shortest.
-- Answers, by submission key, a receipt or a refusal.
-- The length of the array would tempt the planner to plan anew each time: planning costs more than filing.
create or replace function diktyo.file_applications(p_municipality text, p_filings jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_year smallint := extract(year from v_now at time zone 'Europe/Athens');
  v_answers jsonb := '{}';
  v_answer jsonb;
  v_filing jsonb;
  v_new jsonb[] := '{}';
  v_keys text[];
  v_before integer;
begin
  if current_setting('synchronous_commit') = 'off' or current_setting('fsync') = 'off' or current_setting('full_page_writes') = 'off' then
    raise exception 'settings that could lose a receipt' using errcode = 'DK503';
  end if;
  perform set_config('diktyo.municipality', p_municipality, true);
  -- Two at once with the same key: the second waits here and then finds the first. Sorted, so that nobody waits in a ring.
  perform pg_advisory_xact_lock(locks.key) from (
    select hashtextextended(f->>'submissionKey', hashtext(p_municipality)) as key from jsonb_array_elements(p_filings) as f order by 1) as locks;
  v_keys := array(select f->>'submissionKey' from jsonb_array_elements(p_filings) as f);
  -- Most are plainly new: their keys are unknown, their versions known, and they bring neither draft nor paper. One look
  -- tells it of all together; if it does not, each is looked at by itself.
  if not exists (select 1 from diktyo.application where municipality = p_municipality and submission_key = any (v_keys))
    and not exists (
      select 1 from (select distinct f->>'hash' as hash, f->>'programmeId' as programme_id, f ? 'draftId' or f->'documentIds' <> '[]' as brings_more
                     from jsonb_array_elements(p_filings) as f) as wanted
      where wanted.brings_more or not exists (
        select 1 from diktyo.programme_version v where v.municipality = p_municipality and v.hash = wanted.hash and v.programme_id = wanted.programme_id))
  then
    v_new := array(select jsonb_array_elements(p_filings));
  else
    for v_filing in select jsonb_array_elements(p_filings) loop
      v_answer := diktyo.examine_filing(p_municipality, v_filing, v_now);
      if v_answer is null then v_new := v_new || v_filing;
      else v_answers := v_answers || jsonb_build_object(v_filing->>'submissionKey', v_answer); end if;
    end loop;
  end if;
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

