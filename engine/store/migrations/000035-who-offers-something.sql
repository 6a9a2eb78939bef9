-- As before, and how many programmes each municipality offers now: a person who finds the engine's address is led to those that
-- take applications here. Each is asked inside its own wall.
create or replace function diktyo.list_municipalities() returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_one record;
  v_count integer;
  v_list jsonb := '[]';
begin
  for v_one in select code, name, unit, site_origins from diktyo.municipality order by code loop
    perform set_config('diktyo.municipality', v_one.code, true);
    select count(*) into v_count from diktyo.programme_current where municipality = v_one.code;
    v_list := v_list || jsonb_build_object('code', v_one.code, 'name', v_one.name, 'unit', v_one.unit, 'siteOrigins', v_one.site_origins, 'programmeCount', v_count);
  end loop;
  perform set_config('diktyo.municipality', '', true);
  return v_list;
end $$;
