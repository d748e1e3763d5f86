"""The weekly review of the audit log."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OPEN = """
-- A review for every week that has ended, due a week after; whatever is late by then is escalated.
-- Returns the weeks escalated now.
CREATE FUNCTION wall.audit_reviews_open(today date) RETURNS SETOF date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
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


class Migration(migrations.Migration):
    dependencies = [("access", "0007_audit_reads")]

    operations = [
        migrations.CreateModel(
            name="AuditReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField(unique=True)),
                ("due", models.DateField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["-week"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done_at", None), ("done_by", None))
                        | (models.Q(("done_at__isnull", False)) & ~models.Q(("words", ""))),
                        name="a_done_review_says_what_was_found",
                    )
                ],
            },
        ),
        migrations.RunSQL(OPEN, "DROP FUNCTION wall.audit_reviews_open(date)"),
    ]
