-- What has run out goes by itself: drafts with their files, files that belong to nobody, one-time codes, sessions, old counts.
create index draft_expiry on diktyo.draft (municipality, expires_at);
create index document_unowned on diktyo.document (municipality, announced_at) where draft_id is null and case_id is null;
create index challenge_expiry on diktyo.challenge (municipality, expires_at);
create index tracking_session_expiry on diktyo.tracking_session (municipality, expires_at);
create index staff_session_expiry on diktyo.staff_session (expires_at);

-- The wall of sessions opens for the sweep alone, and only for those that nobody can use any longer.
create policy expired_session on diktyo.staff_session
  using (expires_at < statement_timestamp() and current_setting('diktyo.sweep', true) = 'sessions')
  with check (false);

-- One municipality, at most p_limit rows of each kind; only ever called by sweep_expired, with the municipality bound.
-- Rows that somebody holds are left for the next time. What was filed belongs to its case and is never touched.
create function diktyo.sweep_municipality(p_municipality text, p_limit integer) returns jsonb
language plpgsql
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_drafts text[];
  v_documents text[];
  v_challenges integer;
  v_sessions integer;
  v_misses integer;
begin
  v_drafts := array(
    select draft_id from diktyo.draft where municipality = p_municipality and expires_at < v_now
    order by expires_at limit p_limit for update skip locked);
  v_documents := array(
      select document_id from diktyo.document
      where municipality = p_municipality and draft_id = any (v_drafts) and case_id is null for update)
    || array(
      select document_id from diktyo.document
      where municipality = p_municipality and draft_id is null and case_id is null and announced_at < v_now - interval '1 day'
      order by announced_at limit p_limit for update skip locked);
  delete from diktyo.document_content where municipality = p_municipality and document_id = any (v_documents);
  delete from diktyo.document where municipality = p_municipality and document_id = any (v_documents);
  delete from diktyo.draft where municipality = p_municipality and draft_id = any (v_drafts);
  -- Codes are counted for an hour after they were sent; a day later nobody asks. One that was never delivered goes too.
  with gone as (
    delete from diktyo.challenge where municipality = p_municipality and challenge_id in (
      select challenge_id from diktyo.challenge where municipality = p_municipality and expires_at < v_now - interval '1 day'
      order by expires_at limit p_limit for update skip locked)
    returning case_id, challenge_id
  ), emptied as (
    update diktyo.effect set fields = '{}' from gone
    where effect.municipality = p_municipality and effect.case_id = gone.case_id
      and effect.command_key = 'one-time-code/' || gone.challenge_id and effect.fields <> '{}'
  ) select count(*) into v_challenges from gone;
  delete from diktyo.tracking_session where municipality = p_municipality and session_hash in (
    select session_hash from diktyo.tracking_session where municipality = p_municipality and expires_at < v_now
    order by expires_at limit p_limit for update skip locked);
  get diagnostics v_sessions = row_count;
  delete from diktyo.tracking_miss where municipality = p_municipality and hour < v_now - interval '30 days';
  get diagnostics v_misses = row_count;
  return jsonb_build_object('drafts', cardinality(v_drafts), 'documents', cardinality(v_documents), 'challenges', v_challenges,
    'trackingSessions', v_sessions, 'missCounts', v_misses, 'staffSessions', 0);
end $$;

create function diktyo.add_counts(p_left jsonb, p_right jsonb) returns jsonb
language sql immutable
as $$
  select jsonb_object_agg(key, coalesce((p_left->>key)::integer, 0) + value::integer) from jsonb_each_text(p_right)
$$;

-- Any number of processes may call it as often as they like: one sweeps, the others hear that nothing was left for them.
-- At most about p_limit rows a call (`more`: come back at once). Written down as counts, by municipality; sessions of
-- staff belong to none, and stand under the installation itself, '0000'.
create function diktyo.sweep_expired(p_limit integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  c_nothing constant jsonb := '{"drafts": 0, "documents": 0, "challenges": 0, "trackingSessions": 0, "missCounts": 0, "staffSessions": 0}';
  v_left integer := greatest(least(p_limit, 5000), 1);
  v_municipality text;
  v_swept jsonb;
  v_all jsonb := c_nothing;
  v_count integer;
begin
  if not pg_try_advisory_xact_lock(hashtext('diktyo sweep')) then return v_all || '{"more": false}'; end if;
  perform set_config('diktyo.sweep', 'sessions', true);
  delete from diktyo.staff_session where session_hash in (
    select session_hash from diktyo.staff_session where expires_at < statement_timestamp() order by expires_at limit v_left for update skip locked);
  get diagnostics v_count = row_count;
  perform set_config('diktyo.sweep', '', true);
  v_left := v_left - v_count;
  v_all := v_all || jsonb_build_object('staffSessions', v_count);
  if v_count > 0 then
    perform set_config('diktyo.municipality', '0000', true);
    insert into diktyo.audit_entry (municipality, action, actor, detail) values ('0000', 'swept', '{"kind": "system"}', v_all);
  end if;
  -- From a place that moves on, or a municipality with much to sweep would always come before the others.
  for v_municipality in select code from diktyo.municipality order by md5(code || statement_timestamp()::text) loop
    exit when v_left <= 0;
    perform set_config('diktyo.municipality', v_municipality, true);
    v_swept := diktyo.sweep_municipality(v_municipality, v_left);
    if v_swept <> c_nothing then
      insert into diktyo.audit_entry (municipality, action, actor, detail) values (v_municipality, 'swept', '{"kind": "system"}', v_swept);
      v_all := diktyo.add_counts(v_all, v_swept);
      v_left := v_left - (select max(value::integer) from jsonb_each_text(v_swept));
    end if;
  end loop;
  return v_all || jsonb_build_object('more', v_left <= 0);
end $$;

grant execute on function diktyo.sweep_expired(integer) to diktyo_api;
