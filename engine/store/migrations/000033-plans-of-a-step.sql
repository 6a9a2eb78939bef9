-- What every step of a case calls looks for rows by their whole keys: there is one way to do it, whatever the values. Left to
-- choose, the planner plans most of these statements anew each time, because lists inside JSON look longer to it than they are;
-- that was a sixth of what a step costs the database.
alter function diktyo.load_in_order(text, text, text, text) set plan_cache_mode = force_generic_plan;
alter function diktyo.apply_in_order(jsonb) set plan_cache_mode = force_generic_plan;
alter function diktyo.record_action(jsonb) set plan_cache_mode = force_generic_plan;
