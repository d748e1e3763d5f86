"""Reading budgets: the database counts the persons that an account was shown, and refuses more."""

import re

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Role -> persons in an hour, in a day, and once more in an hour after a second step. Roles that
# read no person have none.
DEFAULTS = {
    **dict.fromkeys(("analyst", "captain", "officer"), (200, 600, 50)),
    **dict.fromkeys(
        ("director", "liaison", "prosecutor", "probation", "ovp_coordinator", "outreach",
         "case_manager", "hospital", "auditor"), (100, 300, 25)),
    "community_voice": (20, 60, 5),
    **dict.fromkeys(("ovp_analyst", "researcher", "privacy_officer", "administrator"), (0, 0, 0)),
}  # fmt: skip

TABLES = """
-- Each person that an account was shown within a day, and when last, to a minute: what the log
-- says, kept so that a row is counted by persons and not by rows. Written by wall.audit alone.
CREATE TABLE wall.reading (
    user_id bigint NOT NULL,
    key text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (user_id, key)
) WITH (fillfactor = 70);
-- When an account's person last showed a second step to read on. Written by reading_step_up alone.
CREATE TABLE wall.reading_step_up (user_id bigint PRIMARY KEY, at timestamptz NOT NULL);
REVOKE ALL ON wall.reading, wall.reading_step_up FROM PUBLIC;

-- Everything that an account was shown, and when, without reading the rows that show nobody.
CREATE INDEX access_auditentry_persons ON public.access_auditentry (user_id, at)
    WHERE subject_keys <> '{}';
"""

REQUIRE = """
-- Counts a reading, and refuses it (SQLSTATE CF057) beyond the budget of the account's role.
CREATE FUNCTION wall.reading_require(account bigint, of_role text, keys text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    -- The moment of a person is kept to a minute, and never in the account's favour.
    hour_ago timestamptz := moment - interval '61 minutes';
    day_ago timestamptz := moment - interval '1 day 1 minute';
    in_hour bigint;
    in_day bigint;
    held bigint;
    most record;
    more bigint := 0;
    stepped_up boolean;
    span text;
BEGIN
    -- One reading of an account at a time: what two pages show at once is counted together. The
    -- statements after this one see what the page before has written.
    PERFORM pg_advisory_xact_lock(hashtextextended('reading of ' || account, 0));
    INSERT INTO wall.reading AS r (user_id, key, at)
    SELECT DISTINCT account, k.key, moment FROM unnest(keys) AS k(key)
    WHERE NOT EXISTS (SELECT FROM wall.reading AS fresh WHERE fresh.user_id = account
        AND fresh.key = k.key AND fresh.at > moment - interval '1 minute')
    ON CONFLICT (user_id, key) DO UPDATE SET at = excluded.at;

    SELECT count(*) FILTER (WHERE r.at > hour_ago), count(*) FILTER (WHERE r.at > day_ago), count(*)
      INTO in_hour, in_day, held FROM wall.reading AS r WHERE r.user_id = account;
    SELECT coalesce(max(b.an_hour), 0) AS an_hour, coalesce(max(b.a_day), 0) AS a_day,
           coalesce(max(b.after_step_up), 0) AS after_step_up
      INTO most FROM aggregate.access_readingbudget AS b WHERE b.role = of_role;
    IF held > in_day THEN
        DELETE FROM wall.reading AS r WHERE r.user_id = account AND r.at <= day_ago;
    END IF;
    IF in_hour <= most.an_hour AND in_day <= most.a_day THEN RETURN; END IF;

    stepped_up := EXISTS (SELECT FROM wall.reading_step_up AS s
        WHERE s.user_id = account AND s.at > moment - interval '1 hour');
    IF stepped_up THEN more := most.after_step_up; END IF;
    IF in_hour <= most.an_hour + more AND in_day <= most.a_day + more THEN RETURN; END IF;
    span := CASE WHEN in_hour > most.an_hour + more THEN 'hour' ELSE 'day' END;
    RAISE EXCEPTION 'The account would be shown too many persons in one %.', span USING
        ERRCODE = 'CF057',
        DETAIL = json_build_object(
            'span', span,
            'allowed', more + CASE span WHEN 'hour' THEN most.an_hour ELSE most.a_day END,
            'step_up', NOT stepped_up AND most.after_step_up > 0,
            'again', (SELECT min(r.at) + ('1 ' || span)::interval + interval '1 minute'
                FROM wall.reading AS r WHERE r.user_id = account
                AND r.at > CASE span WHEN 'hour' THEN hour_ago ELSE day_ago END))::text;
END $$;

-- What is more than a day old counts for nothing.
CREATE FUNCTION wall.readings_forget() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM wall.reading WHERE at < now() - interval '2 days'
$$;
"""

AUDIT = """
CREATE OR REPLACE FUNCTION wall.audit(
    verb text, object_type text, object_id text, subject_keys text[], fields text[],
    purpose text, route text, result text, terms bytea, detail jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry public.access_auditentry;
BEGIN
    -- The transaction has its number before the row has: sealing concludes from the numbers of
    -- finished transactions that no earlier row can still come.
    PERFORM pg_current_xact_id();
    IF NOT EXISTS (SELECT FROM wall.audit_verb v WHERE v.name = audit.verb) THEN
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

REFUSED = """
-- The asker's own refusal, for the log and for the reviewers' queue.
CREATE FUNCTION wall.reading_refused(span text, allowed integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
BEGIN
    PERFORM wall.audit('reading.refused', '', '', '{}', '{}', '', '', 'denied', NULL,
        jsonb_build_object('span', span, 'allowed', allowed));
    INSERT INTO access_readingalert
        (user_id, agency_id, span, allowed, at, last_at, times, words)
    SELECT w.user_id, w.agency_id, reading_refused.span, reading_refused.allowed,
           clock_timestamp(), clock_timestamp(), 1, ''
    FROM wall.who() w WHERE w.user_id IS NOT NULL
    ON CONFLICT (user_id) WHERE seen_at IS NULL DO UPDATE
        SET times = access_readingalert.times + 1, last_at = excluded.last_at;
END $$;

-- A second factor, shown after a refusal, opens the second allowance: once an hour. That it was
-- shown is known to whoever holds this home's key alone.
CREATE FUNCTION wall.reading_step_up(until bigint, mac bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    account bigint := (SELECT w.user_id FROM wall.who() w);
    moment timestamptz := clock_timestamp();
BEGIN
    IF account IS NULL OR NOT EXISTS (
        SELECT FROM public.access_auditentry e WHERE e.user_id = account
            AND e.verb = 'reading.refused' AND e.at > moment - interval '1 hour') THEN
        RETURN false;
    ELSIF to_timestamp(until) < moment
        OR NOT wall.signed(format('step_up:%s:%s', account, until), mac) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the step is not signed with this home''s key';
    END IF;
    INSERT INTO wall.reading_step_up AS s (user_id, at) VALUES (account, moment)
    ON CONFLICT (user_id) DO UPDATE SET at = moment WHERE s.at <= moment - interval '1 hour';
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM wall.audit('reading.stepped_up', '', '', '{}', '{}', '', '', 'done', NULL, '{}');
    RETURN true;
END $$;
"""

PEERS = """
-- Accounts that were shown, in this time, so many times more persons than the middle one of the
-- others of their role, and at least so many.
CREATE FUNCTION wall.audit_peers(since timestamptz, until timestamptz, times integer, floor integer)
RETURNS TABLE (kind text, user_id bigint, at timestamptz, times bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH account AS MATERIALIZED (
        SELECT e.user_id, e.role, min(e.at) AS at, count(DISTINCT k.key) AS persons
        FROM wall.audit_reader() AS r
        JOIN public.access_auditentry AS e ON r.everything OR e.agency_id = r.agency_id,
        unnest(e.subject_keys) AS k(key)
        WHERE e.at >= since AND e.at < until AND e.user_id IS NOT NULL
            AND e.subject_keys <> '{}' AND e.result = 'shown'
        GROUP BY e.user_id, e.role)
    SELECT 'peers', a.user_id, a.at, a.persons FROM account AS a
    WHERE a.persons >= floor AND a.persons > audit_peers.times * (
        SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY o.persons) FROM account AS o
        WHERE o.role = a.role AND o.user_id <> a.user_id)
    ORDER BY a.at
$$;
"""

UNDO = """
DROP FUNCTION wall.audit_peers(timestamptz, timestamptz, integer, integer);
DROP FUNCTION wall.reading_step_up(bigint, bytea);
DROP FUNCTION wall.reading_refused(text, integer);
DROP FUNCTION wall.reading_require(bigint, text, text[]);
DROP FUNCTION wall.readings_forget();
DROP TABLE wall.reading, wall.reading_step_up;
DROP INDEX public.access_auditentry_persons;
"""

# The function as it was before: without the verbs and without the budget.
_TAKEN_OUT = re.compile(r"    IF (?:NOT EXISTS|result = 'shown').*?END IF;\n", re.DOTALL)
UNDO_AUDIT = _TAKEN_OUT.sub("", AUDIT)


def seed(apps, schema_editor):
    budgets = apps.get_model("access", "ReadingBudget")._base_manager.using(schema_editor.connection.alias)
    for role, (an_hour, a_day, after_step_up) in DEFAULTS.items():
        budgets.create(role=role, an_hour=an_hour, a_day=a_day, after_step_up=after_step_up)


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0016_break_glass"),
    ]

    operations = [
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('director', 'Programme director'), ('liaison', 'Ceasefire liaison'), ('analyst', 'Crime analyst'), ('captain', 'Police captain'), ('officer', 'Officer or detective'), ('prosecutor', 'Prosecutor'), ('probation', 'Probation or parole officer'), ('ovp_coordinator', 'Office of Violence Prevention coordinator'), ('ovp_analyst', 'Office of Violence Prevention analyst'), ('outreach', 'Outreach worker'), ('case_manager', 'Intensive case manager'), ('hospital', 'Hospital or victim services worker'), ('community_voice', 'Community voice'), ('researcher', 'Researcher'), ('auditor', 'Auditor'), ('privacy_officer', 'Privacy officer'), ('administrator', 'System administrator')], max_length=20),
        ),
        migrations.RemoveConstraint(
            model_name='membership',
            name='membership_role_suits_the_agency',
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency_kind', 'ceasefire'), ('role__in', ['administrator', 'community_voice', 'director', 'liaison', 'privacy_officer'])), models.Q(('agency_kind', 'community'), ('role__in', ['case_manager', 'community_voice', 'hospital', 'outreach', 'privacy_officer'])), models.Q(('agency_kind', 'federal'), ('role__in', ['captain', 'officer', 'privacy_officer'])), models.Q(('agency_kind', 'hospital'), ('role__in', ['hospital', 'privacy_officer'])), models.Q(('agency_kind', 'neighbour_police'), ('role__in', ['analyst', 'captain', 'officer', 'privacy_officer'])), models.Q(('agency_kind', 'oversight'), ('role__in', ['auditor', 'privacy_officer', 'researcher'])), models.Q(('agency_kind', 'ovp'), ('role__in', ['case_manager', 'ovp_analyst', 'ovp_coordinator', 'privacy_officer', 'researcher'])), models.Q(('agency_kind', 'police'), ('role__in', ['analyst', 'captain', 'officer', 'privacy_officer'])), models.Q(('agency_kind', 'probation'), ('role__in', ['privacy_officer', 'probation'])), models.Q(('agency_kind', 'prosecutor'), ('role__in', ['privacy_officer', 'prosecutor'])), models.Q(('agency_kind', 'vendor'), ('role__in', ['administrator', 'privacy_officer'])), _connector='OR'), name='membership_role_suits_the_agency'),
        ),
        migrations.CreateModel(
            name='ReadingBudget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('director', 'Programme director'), ('liaison', 'Ceasefire liaison'), ('analyst', 'Crime analyst'), ('captain', 'Police captain'), ('officer', 'Officer or detective'), ('prosecutor', 'Prosecutor'), ('probation', 'Probation or parole officer'), ('ovp_coordinator', 'Office of Violence Prevention coordinator'), ('ovp_analyst', 'Office of Violence Prevention analyst'), ('outreach', 'Outreach worker'), ('case_manager', 'Intensive case manager'), ('hospital', 'Hospital or victim services worker'), ('community_voice', 'Community voice'), ('researcher', 'Researcher'), ('auditor', 'Auditor'), ('privacy_officer', 'Privacy officer'), ('administrator', 'System administrator')], max_length=20, unique=True)),
                ('an_hour', models.PositiveIntegerField()),
                ('a_day', models.PositiveIntegerField()),
                ('after_step_up', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['role'],
                'constraints': [models.CheckConstraint(condition=models.Q(('a_day__gte', models.F('an_hour'))), name='a_days_budget_holds_an_hours'), models.CheckConstraint(condition=models.Q(('after_step_up', 0), ('after_step_up__lt', models.F('an_hour')), _connector='OR'), name='the_second_allowance_is_smaller')],
            },
        ),
        migrations.CreateModel(
            name='ReadingAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('span', models.CharField(choices=[('hour', 'an hour'), ('day', 'a day')], max_length=4)),
                ('allowed', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('times', models.PositiveIntegerField(default=1)),
                ('seen_at', models.DateTimeField(null=True)),
                ('words', models.TextField(blank=True, default='')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-last_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('seen_at', None)), fields=('user',), name='one_open_alert_for_an_account'), models.CheckConstraint(condition=models.Q(models.Q(('seen_at', None), ('seen_by', None)), models.Q(('seen_at__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='a_seen_alert_says_what_it_was')],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunSQL(TABLES + REQUIRE + REFUSED + PEERS, UNDO),
        migrations.RunSQL(AUDIT, UNDO_AUDIT),
    ]
