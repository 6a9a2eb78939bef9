-- The auditor: every municipality, read only, no answer, no name, no payload. Its functions run with its own rights.
grant select (municipality, application_id, submission_key) on diktyo.application to diktyo_audit;
grant select (municipality, case_id, protocol_year, protocol_number, filed_at, version, closed) on diktyo.case_record to diktyo_audit;
grant select (municipality, year, last_number) on diktyo.protocol_counter to diktyo_audit;
grant select (municipality, case_id, event_id, kind, recorded_at) on diktyo.case_command to diktyo_audit;
grant select (municipality, case_id, event_id, version, kind, accepted) on diktyo.case_event to diktyo_audit;
grant select (municipality, case_id, outbox_id, kind, event_id, available_at, sent_at) on diktyo.outbox to diktyo_audit;
grant select (municipality, case_id, command_key, kind, status, attempts, tried_at) on diktyo.effect to diktyo_audit;

do $$
declare v_table text;
begin
  foreach v_table in array array['application', 'case_record', 'protocol_counter', 'case_command', 'case_event', 'outbox', 'effect'] loop
    execute format('create policy every_municipality_read on diktyo.%I for select to diktyo_audit using (true)', v_table);
  end loop;
end $$;

-- What does not agree within the record itself. Rows younger than the grace may still be under way.
create function diktyo.audit_record(p_since timestamptz, p_grace_seconds double precision) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp
as $$
  with settled(at) as (select clock_timestamp() - make_interval(secs => p_grace_seconds)),
  starts as (
    select municipality, case_id, count(*) as rows, count(sent_at) as sent from diktyo.outbox where kind = 'start' group by 1, 2),
  events as (
    select municipality, case_id, count(*) filter (where accepted) as accepted, min(version) filter (where accepted) as first,
      max(version) filter (where accepted) as last from diktyo.case_event group by 1, 2),
  found(code, municipality, "caseId", detail) as (
    select 'record.caseMissing', a.municipality, a.application_id, null from diktyo.application a
      where not exists (select 1 from diktyo.case_record c where c.municipality = a.municipality and c.case_id = a.application_id)
    union all select 'record.applicationMissing', c.municipality, c.case_id, null from diktyo.case_record c
      where not exists (select 1 from diktyo.application a where a.municipality = c.municipality and a.application_id = c.case_id)
    union all select 'outbox.startMissing', c.municipality, c.case_id, null from diktyo.case_record c
      left join starts s using (municipality, case_id) where coalesce(s.rows, 0) = 0
    union all select 'outbox.startTwice', municipality, case_id, rows::text from starts where rows > 1
    union all select 'outbox.caseMissing', s.municipality, s.case_id, null from starts s
      left join diktyo.case_record c using (municipality, case_id) where c.case_id is null
    union all select 'outbox.unsent', o.municipality, o.case_id, o.kind || coalesce(' ' || o.event_id, '') from diktyo.outbox o, settled
      where o.sent_at is null and o.available_at < settled.at
    union all select 'protocol.gap', municipality, null, protocol_year || ': ' || count(*) || ' of ' || max(protocol_number)
      from diktyo.case_record group by municipality, protocol_year having count(*) <> max(protocol_number) or min(protocol_number) <> 1
    union all select 'protocol.twice', municipality, null, protocol_number || '/' || protocol_year
      from diktyo.case_record group by municipality, protocol_year, protocol_number having count(*) > 1
    union all select 'protocol.counterAhead', n.municipality, null, n.year || ': ' || n.last_number from diktyo.protocol_counter n
      where n.last_number <> (select count(*) from diktyo.case_record c where c.municipality = n.municipality and c.protocol_year = n.year)
    union all select 'events.notContiguous', c.municipality, c.case_id, coalesce(e.accepted, 0) || ' events, version ' || c.version
      from diktyo.case_record c left join events e using (municipality, case_id)
      where coalesce(e.accepted, 0) <> c.version or coalesce(e.last, 0) <> c.version or coalesce(e.first, 1) <> 1
    union all select 'action.notHandedOver', m.municipality, m.case_id, m.event_id from diktyo.case_command m
      where not exists (select 1 from diktyo.outbox o
                        where o.municipality = m.municipality and o.case_id = m.case_id and o.kind = 'event' and o.event_id = m.event_id)
    union all select 'action.notApplied', m.municipality, m.case_id, m.event_id from diktyo.case_command m, settled
      where m.recorded_at < settled.at
        and not exists (select 1 from diktyo.case_event e
                        where e.municipality = m.municipality and e.case_id = m.case_id and e.event_id = m.event_id)
        and exists (select 1 from diktyo.outbox o where o.municipality = m.municipality and o.case_id = m.case_id
                    and o.kind = 'event' and o.event_id = m.event_id and o.sent_at is not null)
    union all select 'effect.twice', municipality, case_id, command_key from diktyo.effect
      group by municipality, case_id, command_key having count(*) > 1
    union all select 'effect.stuck', e.municipality, e.case_id, e.command_key from diktyo.effect e, settled
      where e.status = 'trying' and e.tried_at < settled.at
  )
  select jsonb_build_object(
    'counts', jsonb_build_object(
      'applications', (select count(*) from diktyo.application),
      'applicationsSince', (select count(*) from diktyo.case_record where filed_at >= p_since),
      'startsSent', (select coalesce(sum(sent), 0) from starts),
      'outboxUnsent', (select count(*) from diktyo.outbox where sent_at is null),
      'events', (select count(*) from diktyo.case_event),
      'effects', (select count(*) from diktyo.effect),
      'effectsUncertain', (select count(*) from diktyo.effect where status = 'uncertain'),
      'casesClosed', (select count(*) from diktyo.case_record where closed)),
    'findings', (select coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(f))), '[]') from (select * from found limit 1000) as f))
$$;

-- Receipts as their owners kept them (key, protocolNumber, applicationId, at most some thousand a call) that the record contradicts.
create function diktyo.audit_receipts(p_receipts jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('code', 'receipt.contradicted', 'caseId', r->>'applicationId', 'detail', r->>'protocolNumber')), '[]')
  from jsonb_array_elements(p_receipts) as r
  where not exists (
    select 1 from diktyo.application a join diktyo.case_record c on c.municipality = a.municipality and c.case_id = a.application_id
    where a.application_id = r->>'applicationId' and a.submission_key = r->>'key'
      and c.protocol_number::text || '/' || c.protocol_year = r->>'protocolNumber')
$$;

-- Cases in pages, for the comparison with the workflows, and with the receipts the other way round.
create function diktyo.audit_cases(p_since timestamptz, p_after_municipality text, p_after_case_id text, p_limit integer) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('municipality', municipality, 'caseId', case_id, 'closed', closed, 'sent', sent,
    'filedAt', to_char(filed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by municipality, case_id), '[]')
  from (
    select c.municipality, c.case_id, c.closed, c.filed_at,
      exists (select 1 from diktyo.outbox o where o.municipality = c.municipality and o.case_id = c.case_id and o.kind = 'start' and o.sent_at is not null) as sent
    from diktyo.case_record c
    where c.filed_at >= p_since and (c.municipality, c.case_id) > (p_after_municipality, p_after_case_id)
    order by c.municipality, c.case_id limit p_limit) as page
$$;

-- One case again, when its workflow did not agree: it may have moved meanwhile.
create function diktyo.audit_case(p_municipality text, p_case_id text) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp
as $$ select jsonb_build_object('closed', closed) from diktyo.case_record where municipality = p_municipality and case_id = p_case_id $$;

grant execute on function diktyo.audit_case(text, text), diktyo.audit_record(timestamptz, double precision), diktyo.audit_receipts(jsonb),
  diktyo.audit_cases(timestamptz, text, text, integer) to diktyo_audit;
