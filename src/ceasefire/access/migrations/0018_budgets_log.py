"""The log as its readers see it: a system administrator no person, a privacy officer one agency."""

from django.db import migrations

READER = """
DROP FUNCTION wall.audit_reader();
-- An auditor reads every row; a privacy officer those of the own agency; a system administrator
-- every row without the persons in it.
CREATE FUNCTION wall.audit_reader()
RETURNS TABLE (everything boolean, agency_id bigint, persons boolean)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT w.operator OR w.role IN ('auditor', 'administrator'), w.agency_id,
           w.operator OR w.role <> 'administrator'
    FROM wall.who() AS w
    WHERE w.operator OR w.role IN ('auditor', 'privacy_officer', 'administrator')
$$;
"""

# A row's columns in the table's order, as the reader r may see them. What a row of the accounts'
# own tables was about is no person of the programme.
SEEN = """
    e.id, e.at, e.user_id, e.membership_id, e.agency_id, e.role, e.verb, e.object_type,
    CASE WHEN r.persons OR e.object_type LIKE 'access.%' THEN e.object_id ELSE '' END,
    CASE WHEN r.persons THEN e.subject_keys ELSE '{}' END,
    e.fields, CASE WHEN r.persons THEN e.purpose ELSE '' END, e.route, e.result,
    CASE WHEN r.persons THEN e.terms END, CASE WHEN r.persons THEN e.detail ELSE '{}' END, e.hash
"""

READS = f"""
CREATE OR REPLACE FUNCTION wall.audit_of_subject(key text) RETURNS SETOF public.access_auditentry
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.* FROM wall.audit_reader() AS r
    JOIN public.access_auditentry AS e
        ON r.persons AND (r.everything OR e.agency_id = r.agency_id)
    WHERE e.subject_keys @> ARRAY[key] AND e.subject_keys <> '{{}}'
    ORDER BY e.id
$$;

CREATE OR REPLACE FUNCTION wall.audit_of_account(account bigint)
RETURNS SETOF public.access_auditentry
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT {SEEN} FROM wall.audit_reader() AS r
    JOIN public.access_auditentry AS e ON r.everything OR e.agency_id = r.agency_id
    WHERE e.user_id = account
    ORDER BY e.id
$$;

CREATE OR REPLACE FUNCTION wall.audit_chosen(
    account bigint, key text, since timestamptz, until timestamptz) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT concat(
        'FROM wall.audit_reader() AS r JOIN public.access_auditentry AS e'
        ' ON (r.everything OR e.agency_id = r.agency_id)',
        CASE WHEN account IS NOT NULL THEN format(' AND e.user_id = %L', account) END,
        CASE WHEN since IS NOT NULL THEN format(' AND e.at >= %L', since) END,
        CASE WHEN until IS NOT NULL THEN format(' AND e.at < %L', until) END,
        CASE WHEN key IS NOT NULL THEN format(
            ' AND r.persons AND ((e.object_type = %L AND e.object_id = %L)'
            ' OR (e.subject_keys <> ''{{}}'' AND e.subject_keys @> ARRAY[%L]))',
            split_part(key, ':', 1), substr(key, strpos(key, ':') + 1), key) END)
$$;

CREATE OR REPLACE FUNCTION wall.audit_page(
    account bigint, key text, since timestamptz, until timestamptz, at_most integer, skip bigint)
RETURNS SETOF public.access_auditentry
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE $seen$ SELECT {SEEN} $seen$
        || wall.audit_chosen(account, key, since, until)
        || format(' ORDER BY e.id DESC LIMIT %s OFFSET %s', at_most, skip);
END $$;
"""

STATE = """
-- How the log stands: the newest seal, how many rows wait for one, and when somebody last verified it.
CREATE INDEX access_auditentry_verified ON public.access_auditentry (id)
    WHERE verb = 'audit.verified';

CREATE FUNCTION wall.audit_state()
RETURNS TABLE (sealed_at timestamptz, unsealed bigint, verified_at timestamptz, whole boolean)
LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH newest AS (
        SELECT s.sealed_at, s.settled FROM public.access_auditseal AS s
        ORDER BY s.batch DESC LIMIT 1),
    verified AS (
        SELECT e.at, (e.detail ->> 'ok')::boolean AS whole FROM public.access_auditentry AS e
        WHERE e.verb = 'audit.verified' ORDER BY e.id DESC LIMIT 1)
    SELECT (SELECT n.sealed_at FROM newest AS n),
        (SELECT count(*) FROM public.access_auditentry AS e
         WHERE e.id > coalesce((SELECT n.settled FROM newest AS n), 0) AND NOT e.id <@ (
            SELECT coalesce(range_agg(s.ids), '{}'::int8multirange)
            FROM public.access_auditseal AS s
            WHERE s.last_id > coalesce((SELECT n.settled FROM newest AS n), 0))),
        (SELECT v.at FROM verified AS v), (SELECT v.whole FROM verified AS v)
    FROM wall.audit_reader() AS r
$$;
"""

UNDO_STATE = """
DROP FUNCTION wall.audit_state();
DROP INDEX public.access_auditentry_verified;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0017_budgets"),
    ]

    # Taking back would show administrators the log as it is: whoever must, restores 0007's text.
    operations = [
        migrations.RunSQL(READER + READS, migrations.RunSQL.noop),
        migrations.RunSQL(STATE, UNDO_STATE),
    ]
