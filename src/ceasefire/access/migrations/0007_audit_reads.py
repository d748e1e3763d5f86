"""Reading the audit log: an auditor all of it, a privacy officer the own agency's rows."""

from django.db import migrations

READER = """
CREATE FUNCTION wall.audit_reader() RETURNS TABLE (everything boolean, agency_id bigint)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(w.operator, false) OR coalesce(w.role = 'auditor', false), w.agency_id::bigint
    FROM wall.who() AS w
    WHERE w.operator OR w.role IN ('auditor', 'privacy_officer')
$$;
"""

ONE_QUESTION = """
CREATE FUNCTION wall.audit_of_subject(key text) RETURNS SETOF public.access_auditentry
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.* FROM wall.audit_reader() AS r
    JOIN public.access_auditentry AS e ON r.everything OR e.agency_id = r.agency_id
    WHERE e.subject_keys @> ARRAY[key] AND e.subject_keys <> '{}'
    ORDER BY e.id
$$;

CREATE FUNCTION wall.audit_of_account(account bigint) RETURNS SETOF public.access_auditentry
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.* FROM wall.audit_reader() AS r
    JOIN public.access_auditentry AS e ON r.everything OR e.agency_id = r.agency_id
    WHERE e.user_id = account
    ORDER BY e.id
$$;
"""

PAGE = """
-- Each choice is planned for itself, so that each uses its own index.
CREATE FUNCTION wall.audit_chosen(
    account bigint, key text, since timestamptz, until timestamptz) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT concat(
        'FROM wall.audit_reader() AS r JOIN public.access_auditentry AS e'
        ' ON (r.everything OR e.agency_id = r.agency_id)',
        CASE WHEN account IS NOT NULL THEN format(' AND e.user_id = %L', account) END,
        CASE WHEN since IS NOT NULL THEN format(' AND e.at >= %L', since) END,
        CASE WHEN until IS NOT NULL THEN format(' AND e.at < %L', until) END,
        CASE WHEN key IS NOT NULL THEN format(
            ' AND ((e.object_type = %L AND e.object_id = %L)'
            ' OR (e.subject_keys <> ''{}'' AND e.subject_keys @> ARRAY[%L]))',
            split_part(key, ':', 1), substr(key, strpos(key, ':') + 1), key) END)
$$;

CREATE FUNCTION wall.audit_page(
    account bigint, key text, since timestamptz, until timestamptz, at_most integer, skip bigint)
RETURNS SETOF public.access_auditentry
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE 'SELECT e.* ' || wall.audit_chosen(account, key, since, until)
        || format(' ORDER BY e.id DESC LIMIT %s OFFSET %s', at_most, skip);
END $$;

CREATE FUNCTION wall.audit_count(
    account bigint, key text, since timestamptz, until timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE total bigint;
BEGIN
    EXECUTE 'SELECT count(*) ' || wall.audit_chosen(account, key, since, until) INTO total;
    RETURN total;
END $$;
"""

ANOMALIES = """
-- What a reviewer should look at first. kind: 'bulk' = more than so many persons in an hour,
-- 'hours' = outside opening hours, counted by day; 'denials' = so many refusals one after another.
CREATE FUNCTION wall.audit_anomalies(
    since timestamptz, until timestamptz, persons integer, denials integer,
    zone text, opens integer, closes integer)
RETURNS TABLE (kind text, user_id bigint, at timestamptz, times bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH entry AS MATERIALIZED (
        SELECT e.* FROM wall.audit_reader() AS r
        JOIN public.access_auditentry AS e ON r.everything OR e.agency_id = r.agency_id
        WHERE e.at >= since AND e.at < until AND e.user_id IS NOT NULL),
    run AS (
        SELECT e.*, row_number() OVER (PARTITION BY e.user_id ORDER BY e.id)
            - row_number() OVER (PARTITION BY e.user_id, e.result ORDER BY e.id) AS run
        FROM entry AS e)
    SELECT 'bulk', e.user_id, min(e.at), count(DISTINCT k.key)
      FROM entry AS e, unnest(e.subject_keys) AS k(key)
      WHERE e.result = 'shown'
      GROUP BY e.user_id, date_trunc('hour', e.at) HAVING count(DISTINCT k.key) > persons
    UNION ALL
    SELECT 'hours', e.user_id, min(e.at), count(*) FROM entry AS e
      WHERE extract(hour FROM e.at AT TIME ZONE zone) NOT BETWEEN opens AND closes - 1
      GROUP BY e.user_id, date_trunc('day', e.at AT TIME ZONE zone)
    UNION ALL
    SELECT 'denials', x.user_id, min(x.at), count(*) FROM run AS x
      WHERE x.result = 'denied' GROUP BY x.user_id, x.run HAVING count(*) >= denials
    ORDER BY 3
$$;
"""

DROP = """
DROP FUNCTION wall.audit_anomalies(
    timestamptz, timestamptz, integer, integer, text, integer, integer);
DROP FUNCTION wall.audit_count(bigint, text, timestamptz, timestamptz);
DROP FUNCTION wall.audit_page(bigint, text, timestamptz, timestamptz, integer, bigint);
DROP FUNCTION wall.audit_chosen(bigint, text, timestamptz, timestamptz);
DROP FUNCTION wall.audit_of_account(bigint);
DROP FUNCTION wall.audit_of_subject(text);
DROP FUNCTION wall.audit_reader();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0006_audit_seals")]

    operations = [migrations.RunSQL(READER + ONE_QUESTION + PAGE + ANOMALIES, DROP)]
