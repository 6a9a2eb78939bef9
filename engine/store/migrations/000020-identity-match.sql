-- By what the people of an application may be found again: keyed hashes of their numbers, never the numbers. Whoever has no
-- hash in hand sees the rows of the own municipality only; with one, exactly the rows that carry it, wherever they are.
create table diktyo.identity_match (
  municipality text not null,
  case_id text collate "C" not null,
  match_hash text collate "C" not null check (match_hash ~ '^[0-9a-f]{64}$'),
  subject text not null check (subject in ('applicant', 'member')),
  primary key (match_hash, case_id, municipality)
);
create index identity_match_of_case on diktyo.identity_match (case_id, municipality);
select diktyo.raise_wall('diktyo.identity_match');
create policy by_match on diktyo.identity_match for select
  using (match_hash = any (string_to_array(nullif(current_setting('diktyo.matches', true), ''), ',')));
