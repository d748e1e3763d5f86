-- How many rows a table has is part of what it says: how many case files, how many tips. PostgreSQL
-- tells everybody, in its statistics and by the sizes of files. Only a superuser can close that;
-- where the tables' owner is none, docs/how-to/run-for-real.md gives this file to whoever is.
DO $$
DECLARE
    one record;
    columns text;
BEGIN
    IF NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
        OR NOT has_column_privilege('public', 'pg_catalog.pg_class', 'reltuples', 'SELECT') THEN
        RETURN;
    END IF;
    SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_catalog.pg_attribute
      WHERE attrelid = 'pg_catalog.pg_class'::regclass AND attnum > 0 AND NOT attisdropped
          AND attname NOT IN ('reltuples', 'relpages', 'relallvisible', 'relallfrozen');
    REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC;
    EXECUTE format('GRANT SELECT (%s) ON pg_catalog.pg_class TO PUBLIC', columns);
    FOR one IN SELECT oid::regclass AS name FROM pg_catalog.pg_class
        WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'v'
            AND relname ~ '^pg_stat(io)?_(xact_)?(all|user|sys)_(tables|indexes|sequences)$'
    LOOP EXECUTE format('REVOKE SELECT ON %s FROM PUBLIC', one.name); END LOOP;
    FOR one IN SELECT oid::regprocedure AS name FROM pg_catalog.pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
            AND (proname ~ '^pg_stat_get_(xact_)?(live|dead|tuples|numscans|mod_since|ins_since|blocks)'
                OR proname IN ('pg_relation_size', 'pg_table_size', 'pg_indexes_size',
                    'pg_total_relation_size'))
    LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one.name); END LOOP;
END $$;
