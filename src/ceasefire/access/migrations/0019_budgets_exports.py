"""Exports are asked for, approved and taken by who the database knows to be asking, and once."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION wall.export_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asker bigint;
    wrong text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE insufficient_privilege USING MESSAGE = 'what left, or was to leave, stays on record';
    END IF;
    SELECT w.user_id INTO asker FROM wall.who() AS w;
    IF TG_OP = 'INSERT' THEN
        wrong := CASE
            WHEN NEW.maker_id IS DISTINCT FROM asker THEN 'is asked for by the asker alone'
            WHEN NEW.approved_by_id IS NOT NULL OR NEW.taken_at IS NOT NULL
                THEN 'is asked for before it is approved or taken' END;
    ELSE
        wrong := CASE
            WHEN OLD.taken_at IS NOT NULL AND ROW(NEW.taken_at, NEW.sha256, NEW.rows)
                    IS DISTINCT FROM ROW(OLD.taken_at, OLD.sha256, OLD.rows)
                THEN 'is taken once'
            WHEN NEW.taken_at IS NULL AND ROW(NEW.sha256, NEW.rows)
                    IS DISTINCT FROM ROW(OLD.sha256, OLD.rows)
                THEN 'stays as it was asked for'
            WHEN OLD.taken_at IS NULL AND NEW.taken_at IS NOT NULL
                    AND NEW.maker_id IS DISTINCT FROM asker
                THEN 'is taken by who asked for it'
            WHEN OLD.approved_by_id IS NOT NULL AND ROW(NEW.approved_by_id, NEW.approved_at)
                    IS DISTINCT FROM ROW(OLD.approved_by_id, OLD.approved_at)
                THEN 'is approved once'
            WHEN OLD.approved_by_id IS NULL AND NEW.approved_by_id IS NOT NULL
                    AND NEW.approved_by_id IS DISTINCT FROM asker
                THEN 'is approved by the asker alone'
            WHEN (OLD.approved_by_id, OLD.taken_at) IS DISTINCT FROM
                    (NEW.approved_by_id, NEW.taken_at) AND OLD.expires_at <= clock_timestamp()
                THEN 'is over' END;
    END IF;
    IF wrong IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'an export ' || wrong;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guarded BEFORE INSERT OR UPDATE OR DELETE ON access_export
    FOR EACH ROW EXECUTE FUNCTION wall.export_guard();

-- The log's line for each export that nobody took in time, once.
CREATE FUNCTION wall.exports_expire() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    over record;
    noted bigint := 0;
BEGIN
    FOR over IN UPDATE access_export SET expiry_noted_at = clock_timestamp()
        WHERE taken_at IS NULL AND expires_at <= clock_timestamp() AND expiry_noted_at IS NULL
        RETURNING id, identifier, "table"
    LOOP
        PERFORM wall.audit('export.expired', 'access.export', over.id::text, '{}', '{}', '', '',
            'done', NULL, jsonb_build_object('identifier', over.identifier, 'table', over."table"));
        noted := noted + 1;
    END LOOP;
    RETURN noted;
END $$;
"""

UNDO = """
DROP FUNCTION wall.exports_expire();
DROP TRIGGER guarded ON access_export;
DROP FUNCTION wall.export_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0018_budgets_log"),
    ]

    operations = [
        migrations.AddField(
            model_name="export",
            name="expiry_noted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]
