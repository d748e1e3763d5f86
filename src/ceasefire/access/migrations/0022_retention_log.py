"""The oldest part of the audit log may go: by two people, after a year, and verifiably."""

from django.db import migrations

IDS = "ALTER TABLE access_logremoval ADD COLUMN ids int8multirange NOT NULL DEFAULT '{}'"

GUARD = """
-- Rows go only where two people have decided so, and exactly those rows.
CREATE FUNCTION wall.audit_goes() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM access_logremoval r WHERE r.approved_by_id IS NOT NULL
                   AND r.done_at IS NULL AND OLD.id <@ r.ids) THEN
        RAISE EXCEPTION 'The audit log only grows: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
DROP TRIGGER only_grows ON public.access_auditentry;
CREATE TRIGGER only_grows BEFORE UPDATE OR TRUNCATE ON public.access_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION wall.audit_guard();
CREATE TRIGGER goes_by_two BEFORE DELETE ON public.access_auditentry
    FOR EACH ROW EXECUTE FUNCTION wall.audit_goes();
ALTER TABLE public.access_auditentry ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE public.access_auditentry ENABLE ALWAYS TRIGGER goes_by_two;
"""

UNDO_GUARD = """
DROP TRIGGER goes_by_two ON public.access_auditentry;
DROP TRIGGER only_grows ON public.access_auditentry;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON public.access_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION wall.audit_guard();
ALTER TABLE public.access_auditentry ENABLE ALWAYS TRIGGER only_grows;
DROP FUNCTION wall.audit_goes();
"""

VERIFY = """
CREATE FUNCTION wall.audit_removed() RETURNS int8multirange
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    SELECT coalesce(range_agg(r.ids), '{}'::int8multirange) FROM access_logremoval r
    WHERE r.done_at IS NOT NULL
$$;

-- Seals that do not agree with their rows, as before; of a seal that lost rows to a removal, each
-- row that stayed is compared with its own leaf. That none is missing besides, audit_check says.
CREATE OR REPLACE FUNCTION wall.audit_check_seals() RETURNS TABLE (batch bigint, first_row bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS MATERIALIZED (SELECT wall.audit_removed() AS ids),
    whole AS MATERIALIZED (
        SELECT s.* FROM public.access_auditseal s, gone WHERE NOT s.ids && gone.ids),
    held AS MATERIALIZED (
        SELECT s.batch, string_agg(e.hash, ''::bytea ORDER BY e.id) AS hashes
        FROM whole s, unnest(s.ids) AS r, generate_series(lower(r), upper(r) - 1) AS i(id)
        LEFT JOIN public.access_auditentry e ON e.id = i.id
        GROUP BY s.batch),
    suspect AS (
        SELECT s.* FROM whole s JOIN held ON held.batch = s.batch
        WHERE held.hashes IS DISTINCT FROM s.hashes OR sha256(s.previous || s.hashes) <> s.root
        UNION ALL
        SELECT s.* FROM public.access_auditseal s, gone WHERE s.ids && gone.ids),
    compared AS (
        SELECT s.batch, s.ids && gone.ids AS lost,
            sha256(s.previous || s.hashes) <> s.root AS forged, s.first_id, (
            SELECT min(leaf.id) FROM (
                SELECT i.id,
                    substr(s.hashes, (row_number() OVER (ORDER BY i.id) * 32 - 31)::integer, 32)
                FROM unnest(s.ids) AS r, generate_series(lower(r), upper(r) - 1) AS i(id)
            ) AS leaf(id, hash)
            JOIN public.access_auditentry e ON e.id = leaf.id WHERE e.hash <> leaf.hash) AS bad
        FROM suspect s, gone)
    SELECT c.batch, CASE WHEN c.forged THEN c.first_id ELSE c.bad END FROM compared c
    WHERE NOT c.lost OR c.forged OR c.bad IS NOT NULL ORDER BY c.batch
$$;
"""

ASK = """
CREATE FUNCTION wall.log_removal_ask(before date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    asker bigint;
    asked bigint;
BEGIN
    SELECT w.user_id INTO asker FROM wall.who() w WHERE w.role IN ('auditor', 'administrator');
    IF asker IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'an auditor or an administrator asks for this';
    END IF;
    INSERT INTO access_logremoval (older_than, asked_by_id, asked_on, root, signature)
    VALUES (before, asker, current_date, '', '') RETURNING id INTO asked;
    RETURN asked;
END $$;

-- A disclosure stays as long as any record that it names, and where it names none that we know.
CREATE FUNCTION wall.log_stays(verb text, keys text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    key text;
    place text;
    here boolean;
    known boolean := false;
BEGIN
    IF NOT EXISTS (SELECT FROM wall.retention_disclosure d WHERE d.verb = log_stays.verb) THEN
        RETURN false;
    END IF;
    FOREACH key IN ARRAY keys LOOP
        place := wall.place(split_part(key, ':', 1));
        CONTINUE WHEN place IS NULL OR split_part(key, ':', 2) !~ '^[0-9]{1,18}$';
        known := true;
        EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE id = $1)', place)
            INTO here USING split_part(key, ':', 2)::bigint;
        IF here THEN RETURN true; END IF;
    END LOOP;
    RETURN NOT known;
END $$;

-- The second person's yes, and the removal itself: sealed rows of seals older than the day.
CREATE FUNCTION wall.log_removal_approve(asked bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    removal access_logremoval;
    approver bigint;
BEGIN
    SELECT w.user_id INTO approver FROM wall.who() w WHERE w.role = 'auditor';
    SELECT * INTO removal FROM access_logremoval r
        WHERE r.id = asked AND r.done_at IS NULL FOR UPDATE;
    IF approver IS NULL OR removal.id IS NULL OR approver = removal.asked_by_id THEN
        RAISE insufficient_privilege USING MESSAGE = 'another auditor approves this, once';
    END IF;
    SELECT max(s.batch), coalesce(range_agg(s.ids), '{}') INTO removal.last_batch, removal.ids
        FROM access_auditseal s WHERE s.sealed_at < removal.older_than;
    SELECT encode(s.root, 'hex') INTO removal.root
        FROM access_auditseal s WHERE s.batch = removal.last_batch;
    SELECT coalesce(range_agg(int8range(e.id, e.id, '[]')), '{}'), count(*)
        INTO removal.ids, removal.rows FROM access_auditentry e
        WHERE e.id <@ removal.ids AND NOT wall.log_stays(e.verb,
            e.subject_keys || (e.object_type || ':' || e.object_id));
    UPDATE access_logremoval r SET approved_by_id = approver, ids = removal.ids WHERE r.id = asked;
    DELETE FROM access_auditentry e WHERE e.id <@ removal.ids;
    UPDATE access_logremoval r SET done_at = clock_timestamp(), rows = removal.rows,
        last_batch = removal.last_batch, root = coalesce(removal.root, '') WHERE r.id = asked;
    RETURN removal.rows;
END $$;

CREATE FUNCTION wall.log_removal_sign(removal bigint, signed text, mac bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    IF NOT wall.signed(format('removal:%s:%s', removal, signed), mac) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the signature is not this home''s';
    END IF;
    UPDATE access_logremoval SET signature = signed WHERE id = removal AND signature = '';
END $$;

-- Numbers and roots only, for whoever verifies.
CREATE FUNCTION wall.log_removals() RETURNS TABLE (
    id bigint, older_than date, ids text, rows bigint, last_batch bigint, root text,
    done_at timestamptz, signature text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
    SELECT r.id, r.older_than, r.ids::text, r.rows, r.last_batch, r.root::text, r.done_at, r.signature
    FROM access_logremoval r WHERE r.done_at IS NOT NULL ORDER BY r.id
$$;
"""

UNDO = """
DROP FUNCTION wall.log_removals();
DROP FUNCTION wall.log_removal_sign(bigint, text, bytea);
DROP FUNCTION wall.log_removal_approve(bigint);
DROP FUNCTION wall.log_stays(text, text[]);
DROP FUNCTION wall.log_removal_ask(date);
"""
UNDO_IDS = "ALTER TABLE access_logremoval DROP COLUMN ids"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0021_retention_records"),
    ]

    operations = [
        migrations.RunSQL(IDS, UNDO_IDS),
        migrations.RunSQL(GUARD, UNDO_GUARD),
        # The older way of checking works on, where nothing has been removed.
        migrations.RunSQL(VERIFY, migrations.RunSQL.noop),
        migrations.RunSQL(ASK, UNDO),
    ]
