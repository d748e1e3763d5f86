"""The breach kit: what a suspected account or agency saw, in one query, and the law's clocks."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Oregon's Consumer Information Protection Act, as amended from 1 January 2020. The city's attorney
# confirms these figures; another state's are entered beside them with their own date and source.
SOURCE = "ORS 646A.604, as in force from 1 January 2020"
RULES = (("people", 45, 0), ("attorney_general", 45, 250), ("vendor", 10, 0))

SCOPE = """
-- The rows of the log in which a breach's account, or everybody at its agency, was shown something
-- or did something between its two moments; nothing for whoever does not read the log.
CREATE FUNCTION wall.breach_rows(breach bigint) RETURNS SETOF public.access_auditentry
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    suspected record;
BEGIN
    SELECT b.* INTO suspected FROM access_breach AS b, wall.audit_reader() AS r
      WHERE b.id = breach AND r.persons AND (r.everything OR b.agency_id = r.agency_id);
    IF NOT FOUND THEN RETURN; END IF;
    -- Each choice is planned for itself, so that each uses its own index.
    IF suspected.account_id IS NOT NULL THEN
        RETURN QUERY SELECT e.* FROM public.access_auditentry AS e
          WHERE e.user_id = suspected.account_id AND e.result IN ('shown', 'done')
            AND e.at >= suspected.since AND e.at < suspected.until;
    ELSE
        RETURN QUERY SELECT e.* FROM public.access_auditentry AS e
          WHERE e.agency_id = suspected.agency_id AND e.result IN ('shown', 'done')
            AND e.at >= suspected.since AND e.at < suspected.until;
    END IF;
END $$;

-- Every person that was shown, with how often and when.
CREATE FUNCTION wall.breach_subjects(breach bigint)
RETURNS TABLE (key text, times bigint, first_at timestamptz, last_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT k.key, count(*), min(e.at), max(e.at)
    FROM wall.breach_rows(breach) AS e, unnest(e.subject_keys) AS k(key)
    GROUP BY k.key ORDER BY k.key;
END $$;

-- Every kind of record that was reached, as what a row was about or as a person shown; with a key
-- only in rows that showed that person.
CREATE FUNCTION wall.breach_kinds(breach bigint, only_key text)
RETURNS TABLE (kind text, times bigint, records bigint, fields text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT split_part(reached.key, ':', 1), count(DISTINCT e.id), count(DISTINCT reached.key),
           coalesce(array_agg(DISTINCT f.name) FILTER (WHERE f.name IS NOT NULL), '{}')
    FROM wall.breach_rows(breach) AS e
    CROSS JOIN LATERAL (
        SELECT e.object_type || ':' || e.object_id WHERE e.object_type <> '' AND only_key IS NULL
        UNION SELECT unnest(e.subject_keys)) AS reached(key)
    LEFT JOIN LATERAL unnest(e.fields) AS f(name) ON true
    WHERE only_key IS NULL OR (e.subject_keys @> ARRAY[only_key] AND reached.key = only_key)
    GROUP BY 1 ORDER BY 1;
END $$;
"""

GUARD = """
CREATE FUNCTION wall.breach_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE insufficient_privilege USING MESSAGE = 'what was done about a breach stays on record';
    ELSIF NEW.by_id IS DISTINCT FROM (SELECT w.user_id FROM wall.who() AS w) THEN
        RAISE check_violation USING MESSAGE = 'a step is noted by the asker';
    ELSIF EXISTS (SELECT FROM access_breachstep AS s
        WHERE s.breach_id = NEW.breach_id AND s.kind = 'closed') THEN
        RAISE check_violation USING MESSAGE = 'this breach is closed';
    ELSIF NEW.kind = 'closed' AND (SELECT count(*) FROM access_breachstep AS s
        WHERE s.breach_id = NEW.breach_id AND s.kind IN ('contained', 'scoped')) < 2 THEN
        RAISE check_violation USING MESSAGE = 'a breach is contained and scoped before it is closed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guarded BEFORE INSERT OR UPDATE OR DELETE ON access_breachstep
    FOR EACH ROW EXECUTE FUNCTION wall.breach_guard();
CREATE TRIGGER guarded BEFORE DELETE ON access_breach
    FOR EACH ROW EXECUTE FUNCTION wall.breach_guard();
"""

UNDO = """
DROP TRIGGER guarded ON access_breach;
DROP TRIGGER guarded ON access_breachstep;
DROP FUNCTION wall.breach_guard();
DROP FUNCTION wall.breach_kinds(bigint, text);
DROP FUNCTION wall.breach_subjects(bigint);
DROP FUNCTION wall.breach_rows(bigint);
"""


def seed(apps, schema_editor):
    known = apps.get_model("access", "BreachRule")._base_manager.using(schema_editor.connection.alias)
    for duty, days, more_than in RULES:
        known.create(
            duty=duty, days=days, more_than=more_than, source=SOURCE,
            effective_from=datetime.date(2020, 1, 1),
        )  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0019_budgets_exports"),
    ]

    operations = [
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('found_on', models.DateField()),
                ('found_by', models.CharField(max_length=200)),
                ('reported_on', models.DateField()),
                ('suspicion', models.TextField()),
                ('for_letters', models.TextField(blank=True, default='')),
                ('for_letters_es', models.TextField(blank=True, default='')),
                ('contact', models.CharField(blank=True, default='', max_length=300)),
                ('opened_at', models.DateTimeField()),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-opened_at'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='a_breach_ends_after_it_began'),
                    models.CheckConstraint(condition=models.Q(('reported_on__gte', models.F('found_on'))), name='a_breach_is_reported_after_it_is_found'),
                    models.CheckConstraint(condition=models.Q(models.Q(('found_by', ''), _negated=True), models.Q(('suspicion', ''), _negated=True)), name='a_breach_says_who_found_what'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BreachRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty', models.CharField(choices=[('people', 'Letter to each person'), ('attorney_general', 'Notice to the attorney general'), ('vendor', "The system operator's notice to the city")], max_length=16)),
                ('days', models.PositiveSmallIntegerField()),
                ('more_than', models.PositiveIntegerField(default=0)),
                ('effective_from', models.DateField()),
                ('source', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['duty', '-effective_from'],
                'constraints': [models.UniqueConstraint(fields=('duty', 'effective_from'), name='one_breach_rule_a_day'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_breach_rule_has_its_source')],
            },
        ),
        migrations.CreateModel(
            name='BreachStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contained', 'Access ended'), ('scoped', 'What was seen is established'), ('people', 'Every person told by letter'), ('attorney_general', 'Attorney general told'), ('vendor', 'Told by the system operator'), ('closed', 'Closed')], max_length=16)),
                ('at', models.DateTimeField()),
                ('words', models.TextField()),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='access.breach')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at'],
                'constraints': [
                    models.UniqueConstraint(fields=('breach', 'kind'), name='each_step_once'),
                    models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_step_says_what_was_done'),
                ],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunSQL(SCOPE + GUARD, UNDO),
    ]
