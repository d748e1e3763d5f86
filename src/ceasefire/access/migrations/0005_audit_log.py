"""The audit log: rows that come in by one function only, and never change."""

from django.db import migrations

SCHEMA = """
CREATE SCHEMA IF NOT EXISTS wall;

-- Who is asking. Until sessions prove it to the database, nobody is.
DO $$ BEGIN
    IF to_regprocedure('wall.who()') IS NULL THEN
        CREATE FUNCTION wall.who() RETURNS TABLE (
            user_id bigint, membership_id bigint, agency_id bigint,
            role text, agency_kind text, operator boolean)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
        'SELECT NULL::bigint, NULL::bigint, NULL::bigint, NULL::text, NULL::text, NULL::boolean
         WHERE false';
    END IF;
END $$;
"""

TABLE = """
CREATE TABLE public.access_auditentry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    user_id bigint,
    membership_id bigint,
    agency_id bigint,
    role text,
    verb text NOT NULL CHECK (verb ~ '^[a-z_]+[.][a-z_]+$'),
    object_type text NOT NULL,
    object_id text NOT NULL,
    subject_keys text[] NOT NULL,
    fields text[] NOT NULL,
    purpose text NOT NULL,
    route text NOT NULL,
    result text NOT NULL CHECK (result IN ('shown', 'denied', 'failed', 'done')),
    terms bytea,
    detail jsonb NOT NULL CHECK (jsonb_typeof(detail) = 'object'),
    hash bytea NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX access_auditentry_account ON public.access_auditentry (user_id, id);
CREATE INDEX access_auditentry_object ON public.access_auditentry (object_type, object_id, id);
CREATE INDEX access_auditentry_day ON public.access_auditentry USING brin (at)
    WITH (autosummarize = on);
-- Most rows show no person, and cost this index nothing.
CREATE INDEX access_auditentry_subjects ON public.access_auditentry USING gin (subject_keys)
    WHERE subject_keys <> '{}';
REVOKE ALL ON public.access_auditentry FROM PUBLIC;
"""

GUARD = """
-- When rows are to go by retention, one definer function of the retention rules will lift this
-- for exactly those rows; nothing else may.
CREATE FUNCTION wall.audit_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'The audit log only grows: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON public.access_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION wall.audit_guard();
ALTER TABLE public.access_auditentry ENABLE ALWAYS TRIGGER only_grows;
"""

WRITE = """
-- Every column but the hash itself, written so that two different rows never read the same,
-- whatever the session's time zone, encoding or output styles. No SET clause and no definer:
-- so the planner can put it straight into a query over a million rows.
CREATE FUNCTION wall.audit_hash(entry public.access_auditentry) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(convert_to(ROW(
        entry.id, extract(epoch FROM entry.at), entry.user_id, entry.membership_id,
        entry.agency_id, entry.role, entry.verb, entry.object_type, entry.object_id,
        entry.subject_keys, entry.fields, entry.purpose, entry.route, entry.result,
        encode(entry.terms, 'hex'), entry.detail)::text, 'UTF8'))
$$;

CREATE FUNCTION wall.audit(
    verb text, object_type text, object_id text, subject_keys text[], fields text[],
    purpose text, route text, result text, terms bytea, detail jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry public.access_auditentry;
BEGIN
    -- The transaction has its number before the row has: sealing concludes from the numbers of
    -- finished transactions that no earlier row can still come.
    PERFORM pg_current_xact_id();
    SELECT w.user_id, w.membership_id, w.agency_id,
           CASE WHEN w.operator THEN 'operator' ELSE w.role END
      INTO entry.user_id, entry.membership_id, entry.agency_id, entry.role
      FROM wall.who() AS w;
    entry.id := nextval('public.access_auditentry_id_seq');
    entry.at := clock_timestamp();
    entry.verb := audit.verb;
    entry.object_type := audit.object_type;
    entry.object_id := audit.object_id;
    entry.subject_keys := audit.subject_keys;
    entry.fields := audit.fields;
    entry.purpose := audit.purpose;
    entry.route := audit.route;
    entry.result := audit.result;
    entry.terms := audit.terms;
    entry.detail := audit.detail;
    entry.hash := wall.audit_hash(entry);
    INSERT INTO public.access_auditentry OVERRIDING SYSTEM VALUE VALUES (entry.*);
    RETURN entry.id;
END $$;
"""

UNDO_WRITE = """
DROP FUNCTION wall.audit(
    text, text, text, text[], text[], text, text, text, bytea, jsonb);
DROP FUNCTION wall.audit_hash(public.access_auditentry);
"""
UNDO_GUARD = """
DROP TRIGGER only_grows ON public.access_auditentry;
DROP FUNCTION wall.audit_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_exports")]

    operations = [
        # Who asks is not this migration's to take away.
        migrations.RunSQL(SCHEMA, migrations.RunSQL.noop),
        migrations.RunSQL(TABLE, "DROP TABLE public.access_auditentry"),
        migrations.RunSQL(GUARD, UNDO_GUARD),
        migrations.RunSQL(WRITE, UNDO_WRITE),
    ]
