-- People of the municipalities. They belong to none alone, so their walls are other keys: the account, the session and
-- the sign-in that the running statement has bound. None bound, no row.
create table diktyo.staff_account (
  account text collate "C" primary key default gen_random_uuid()::text,
  issuer text not null,
  subject text not null,
  name text not null,
  created_at timestamptz not null default clock_timestamp(),
  unique (issuer, subject)
);
alter table diktyo.staff_account enable row level security;
alter table diktyo.staff_account force row level security;
create policy bound_person on diktyo.staff_account
  using (account = nullif(current_setting('diktyo.account', true), '')
    or issuer || ' ' || subject = nullif(current_setting('diktyo.sign_in', true), ''))
  with check (issuer || ' ' || subject = nullif(current_setting('diktyo.sign_in', true), ''));

create table diktyo.staff_grant (
  account text collate "C" not null references diktyo.staff_account,
  municipality text not null references diktyo.municipality,
  role text not null check (role in ('desk', 'inspector', 'decider', 'supervisor', 'administrator')),
  granted_by text not null,
  granted_at timestamptz not null default clock_timestamp(),
  primary key (account, municipality, role)
);
alter table diktyo.staff_grant enable row level security;
alter table diktyo.staff_grant force row level security;
create policy bound_person on diktyo.staff_grant
  using (account = nullif(current_setting('diktyo.account', true), ''))
  with check (account = nullif(current_setting('diktyo.account', true), ''));

create table diktyo.staff_session (
  session_hash text collate "C" primary key,
  account text collate "C" not null references diktyo.staff_account,
  csrf_hash text not null,
  opened_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
alter table diktyo.staff_session enable row level security;
alter table diktyo.staff_session force row level security;
create policy bound_session on diktyo.staff_session
  using (session_hash = nullif(current_setting('diktyo.session', true), ''))
  with check (session_hash = nullif(current_setting('diktyo.session', true), ''));

-- Only ever called below, with the account bound.
create function diktyo.describe_account(p_account text) returns jsonb
language sql stable
as $$
  select jsonb_build_object('account', s.account, 'name', s.name, 'grants', (
    select coalesce(jsonb_agg(jsonb_build_object('municipality', g.municipality, 'role', g.role) order by g.municipality, g.role), '[]')
    from diktyo.staff_grant g where g.account = s.account))
  from diktyo.staff_account s where s.account = p_account
$$;

-- Roles are read anew at every request: what was revoked a moment ago is not there.
create function diktyo.read_staff_session(p_session_hash text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare v_session diktyo.staff_session;
begin
  perform set_config('diktyo.session', p_session_hash, true);
  select * into v_session from diktyo.staff_session where session_hash = p_session_hash and expires_at > clock_timestamp();
  if not found then return null; end if;
  perform set_config('diktyo.account', v_session.account, true);
  return diktyo.describe_account(v_session.account) || jsonb_build_object('csrfHash', v_session.csrf_hash);
end $$;

-- Null for somebody who has no role anywhere: signing in at the identity provider gives no right here.
create function diktyo.open_staff_session(p_input jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_account text;
  v_described jsonb;
begin
  perform set_config('diktyo.sign_in', (p_input->>'issuer') || ' ' || (p_input->>'subject'), true);
  select account into v_account from diktyo.staff_account where issuer = p_input->>'issuer' and subject = p_input->>'subject';
  if not found then return null; end if;
  perform set_config('diktyo.account', v_account, true);
  v_described := diktyo.describe_account(v_account);
  if v_described->'grants' = '[]' then return null; end if;
  perform set_config('diktyo.session', p_input->>'sessionHash', true);
  insert into diktyo.staff_session (session_hash, account, csrf_hash, expires_at)
  values (p_input->>'sessionHash', v_account, p_input->>'csrfHash',
    clock_timestamp() + make_interval(secs => (p_input->>'hoursValid')::double precision * 3600));
  return v_described;
end $$;

create function diktyo.close_staff_session(p_session_hash text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('diktyo.session', p_session_hash, true);
  delete from diktyo.staff_session where session_hash = p_session_hash;
  return found;
end $$;

grant execute on function diktyo.read_staff_session(text), diktyo.open_staff_session(jsonb), diktyo.close_staff_session(text) to diktyo_api;

create function diktyo.grant_staff_role(p_input jsonb) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text := p_input->>'municipality';
  v_account text;
begin
  perform set_config('diktyo.sign_in', (p_input->>'issuer') || ' ' || (p_input->>'subject'), true);
  insert into diktyo.staff_account (issuer, subject, name) values (p_input->>'issuer', p_input->>'subject', p_input->>'name')
  on conflict (issuer, subject) do update set name = excluded.name
  returning account into v_account;
  perform set_config('diktyo.account', v_account, true);
  perform set_config('diktyo.municipality', v_municipality, true);
  insert into diktyo.staff_grant (account, municipality, role, granted_by)
  values (v_account, v_municipality, p_input->>'role', p_input->>'by') on conflict do nothing;
  if found then
    insert into diktyo.audit_entry (municipality, action, actor, detail)
    values (v_municipality, 'roleGranted', jsonb_build_object('kind', 'staff', 'account', p_input->>'by'),
      jsonb_build_object('account', v_account, 'role', p_input->>'role'));
  end if;
  return v_account;
end $$;

create function diktyo.revoke_staff_role(p_input jsonb) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_municipality text := p_input->>'municipality';
  v_account text;
begin
  perform set_config('diktyo.sign_in', (p_input->>'issuer') || ' ' || (p_input->>'subject'), true);
  select account into v_account from diktyo.staff_account where issuer = p_input->>'issuer' and subject = p_input->>'subject';
  if not found then return false; end if;
  perform set_config('diktyo.account', v_account, true);
  perform set_config('diktyo.municipality', v_municipality, true);
  delete from diktyo.staff_grant where account = v_account and municipality = v_municipality and role = p_input->>'role';
  if not found then return false; end if;
  insert into diktyo.audit_entry (municipality, action, actor, detail)
  values (v_municipality, 'roleRevoked', jsonb_build_object('kind', 'staff', 'account', p_input->>'by'),
    jsonb_build_object('account', v_account, 'role', p_input->>'role'));
  return true;
end $$;
