"""What the database writes into the log by itself, no page can write; weeks open by the home alone."""

from django.db import migrations

ENTRY = """
-- Writes one row, whatever its verb. Called by functions of the wall; nobody else may.
CREATE FUNCTION wall.audit_entry(
    verb text, object_type text, object_id text, subject_keys text[], fields text[],
    purpose text, route text, result text, terms bytea, detail jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry public.access_auditentry;
BEGIN
    -- The transaction has its number before the row has: sealing concludes from the numbers of
    -- finished transactions that no earlier row can still come.
    PERFORM pg_current_xact_id();
    IF NOT EXISTS (SELECT FROM wall.audit_verb v WHERE v.name = audit_entry.verb) THEN
        RAISE invalid_parameter_value USING MESSAGE = 'the verb is not one that this product registers';
    END IF;
    SELECT w.user_id, w.membership_id, w.agency_id,
           CASE WHEN w.operator THEN 'operator' ELSE w.role END
      INTO entry.user_id, entry.membership_id, entry.agency_id, entry.role
      FROM wall.who() AS w;
    IF result = 'shown' AND cardinality(subject_keys) > 0 AND entry.user_id IS NOT NULL THEN
        PERFORM wall.reading_require(entry.user_id, entry.role, subject_keys);
    END IF;
    entry.id := nextval('public.access_auditentry_id_seq');
    entry.at := clock_timestamp();
    entry.verb := audit_entry.verb;
    entry.object_type := audit_entry.object_type;
    entry.object_id := audit_entry.object_id;
    entry.subject_keys := audit_entry.subject_keys;
    entry.fields := audit_entry.fields;
    entry.purpose := audit_entry.purpose;
    entry.route := audit_entry.route;
    entry.result := audit_entry.result;
    entry.terms := audit_entry.terms;
    entry.detail := audit_entry.detail;
    entry.hash := wall.audit_hash(entry);
    INSERT INTO public.access_auditentry OVERRIDING SYSTEM VALUE VALUES (entry.*);
    RETURN entry.id;
END $$;
"""

AUDIT = """
-- What a page, a job or a command writes of itself. Names read, records opened in an emergency and
-- the like are written by the function that gives them; that the log is whole is said by this home.
CREATE OR REPLACE FUNCTION wall.audit(
    verb text, object_type text, object_id text, subject_keys text[], fields text[],
    purpose text, route text, result text, terms bytea, detail jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF verb ~ '^(names[.]|history[.]masked|glass[.](opened|refused|looked|closed|seen|reviewed)'
              '|reading[.](refused|stepped_up)|export[.]expired|retention[.]court_copy_opened)' THEN
        RAISE insufficient_privilege USING MESSAGE = 'the database writes this verb by itself';
    END IF;
    IF verb = 'audit.verified' AND NOT EXISTS (SELECT FROM wall.who() AS w
            WHERE w.operator) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this home says whether the log is whole';
    END IF;
    RETURN wall.audit_entry(
        verb, object_type, object_id, subject_keys, fields, purpose, route, result, terms, detail);
END $$;
"""

OPEN = """
CREATE OR REPLACE FUNCTION wall.audit_reviews_open(today date) RETURNS SETOF date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM wall.who() AS w WHERE w.operator) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this home opens the weeks to review';
    END IF;
    INSERT INTO access_auditreview (week, due, words)
    SELECT monday::date, monday::date + 13, ''
    FROM generate_series(
        date_trunc('week', (SELECT e.at FROM public.access_auditentry e ORDER BY e.id LIMIT 1)),
        date_trunc('week', today::timestamp) - interval '7 days', '7 days') AS monday
    ON CONFLICT (week) DO NOTHING;

    RETURN QUERY UPDATE access_auditreview AS r SET escalated_at = clock_timestamp()
    WHERE r.done_at IS NULL AND r.escalated_at IS NULL AND r.due < today
    RETURNING r.week;
END $$;
"""

# The functions that write such a verb write it by the inner function from now on.
WRITERS = """
DO $move$
DECLARE one regprocedure;
BEGIN
    FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = 'wall'::regnamespace
        AND proname IN ('reading_refused', 'reading_step_up', 'exports_expire')
    LOOP
        EXECUTE replace(pg_get_functiondef(one), 'wall.audit(', 'wall.audit_entry(');
    END LOOP;
END $move$;
"""

# A notice of a consent belongs to the organisation that gave it; who cannot see the consent is told
# the same as of one that is not there.
NOTICE = """
CREATE FUNCTION wall.notice_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, services, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM access_consent AS c
                   WHERE c.id = NEW.consent_id AND c.discloser_id = NEW.agency_id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a notice belongs to the organisation of its consent';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_its_consent BEFORE INSERT OR UPDATE ON access_consentnotice
    FOR EACH ROW EXECUTE FUNCTION wall.notice_guard();
"""

STAMPS = """
-- Who finished a week's review is what the database knows of the asker.
CREATE FUNCTION wall.review_sign() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.done_at IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'a review that is finished stays as it is';
    END IF;
    IF NEW.done_at IS NOT NULL THEN
        NEW.done_at := clock_timestamp();
        NEW.done_by_id := coalesce((SELECT wall.own_account()), NEW.done_by_id);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signed BEFORE UPDATE ON access_auditreview
    FOR EACH ROW EXECUTE FUNCTION wall.review_sign();
"""

KEYS = """
-- A record's key is destroyed by this home's own work: a purge, an order. Nobody at a page does it,
-- but for the keys of holds and orders themselves.
CREATE FUNCTION wall.key_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM wall.who() AS w WHERE NOT w.operator)
        -- What the own agency holds or was ordered is sealed by keys of its own.
        AND NOT EXISTS (SELECT FROM access_hold AS h WHERE h.record_key_id = OLD.id)
        AND NOT EXISTS (SELECT FROM access_order AS o WHERE o.record_key_id = OLD.id)
        AND NOT EXISTS (SELECT FROM access_courtcopy AS c WHERE c.record_key_id = OLD.id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a record key is changed by this home alone';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER of_this_home BEFORE UPDATE OR DELETE ON access_recordkey
    FOR EACH ROW EXECUTE FUNCTION wall.key_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0026_criminal_history")]

    operations = [
        migrations.RunSQL(ENTRY + WRITERS + AUDIT + OPEN, migrations.RunSQL.noop),
        migrations.RunSQL(
            NOTICE,
            "DROP TRIGGER of_its_consent ON access_consentnotice; DROP FUNCTION wall.notice_guard()",
        ),
        migrations.RunSQL(
            STAMPS, "DROP TRIGGER signed ON access_auditreview; DROP FUNCTION wall.review_sign()"
        ),
        migrations.RunSQL(
            KEYS, "DROP TRIGGER of_this_home ON access_recordkey; DROP FUNCTION wall.key_guard()"
        ),
    ]
