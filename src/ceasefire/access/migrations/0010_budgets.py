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

INDEX = """
-- Every counting reads this index alone; rows that show nobody are not in it.
CREATE INDEX access_auditentry_persons ON public.access_auditentry (user_id, at)
    WHERE subject_keys <> '{}';

-- When an account's person last showed a second step to read on. Written by reading_step_up alone.
CREATE TABLE wall.reading_step_up (user_id bigint PRIMARY KEY, at timestamptz NOT NULL);
REVOKE ALL ON wall.reading_step_up FROM PUBLIC;
"""

REQUIRE = """
-- Different persons shown to an account since a moment, with those of the row that is to come.
CREATE FUNCTION wall.persons_read(account bigint, since timestamptz, more text[]) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*) FROM (
        SELECT unnest(more)
        UNION
        SELECT unnest(e.subject_keys) FROM public.access_auditentry e
        WHERE e.user_id = account AND e.at > since AND e.subject_keys <> '{}'
            AND e.result = 'shown') AS person
$$;

-- Refuses (SQLSTATE CF057) a reading that goes beyond the budget of the account's role.
CREATE FUNCTION wall.reading_require(account bigint, of_role text, keys text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, aggregate, pg_temp AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    an_hour bigint;
    a_day bigint;
    more bigint;
    hour_most bigint;
    day_most bigint;
    span text;
    allowed bigint;
    stepped_up boolean;
BEGIN
    -- One reading of an account at a time: what two pages show at once is counted together. The
    -- statements after this one see what the page before has written.
    PERFORM pg_advisory_xact_lock(hashtextextended('reading of ' || account, 0));
    SELECT b.an_hour, b.a_day, b.after_step_up INTO an_hour, a_day, more
      FROM access_readingbudget b WHERE b.role = of_role;
    an_hour := coalesce(an_hour, 0);
    a_day := coalesce(a_day, 0);
    -- As many as were shown at all, again or not, is quickly found and mostly enough to know.
    SELECT coalesce(sum(cardinality(e.subject_keys)) FILTER (WHERE e.at > moment - interval '1 hour'), 0)
               + cardinality(keys),
           coalesce(sum(cardinality(e.subject_keys)), 0) + cardinality(keys)
      INTO hour_most, day_most
      FROM public.access_auditentry e
      WHERE e.user_id = account AND e.at > moment - interval '1 day' AND e.subject_keys <> '{}'
          AND e.result = 'shown';
    IF hour_most <= an_hour AND day_most <= a_day THEN RETURN; END IF;

    stepped_up := EXISTS (SELECT FROM wall.reading_step_up s
        WHERE s.user_id = account AND s.at > moment - interval '1 hour');
    IF stepped_up THEN
        an_hour := an_hour + more;
        a_day := a_day + more;
    END IF;
    IF wall.persons_read(account, moment - interval '1 hour', keys) > an_hour THEN
        span := 'hour'; allowed := an_hour;
    ELSIF day_most > a_day AND wall.persons_read(account, moment - interval '1 day', keys) > a_day THEN
        span := 'day'; allowed := a_day;
    ELSE
        RETURN;
    END IF;
    RAISE EXCEPTION 'The account may be shown % persons in one %.', allowed, span USING
        ERRCODE = 'CF057',
        DETAIL = json_build_object(
            'span', span, 'allowed', allowed, 'step_up', NOT stepped_up AND more > 0,
            'again', (SELECT coalesce(min(e.at), moment) + ('1 ' || span)::interval
                FROM public.access_auditentry e
                WHERE e.user_id = account AND e.at > moment - ('1 ' || span)::interval
                    AND e.subject_keys <> '{}' AND e.result = 'shown'))::text;
END $$;
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
DROP FUNCTION wall.persons_read(bigint, timestamptz, text[]);
DROP TABLE wall.reading_step_up;
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
        ('access', '0009_sign_in'),
    ]

    operations = [
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('director', 'Programme director'), ('liaison', 'Ceasefire liaison'), ('analyst', 'Crime analyst'), ('captain', 'Police captain'), ('officer', 'Officer or detective'), ('prosecutor', 'Prosecutor'), ('probation', 'Probation or parole officer'), ('ovp_coordinator', 'Office of Violence Prevention coordinator'), ('ovp_analyst', 'Office of Violence Prevention analyst'), ('outreach', 'Outreach worker'), ('case_manager', 'Intensive case manager'), ('hospital', 'Hospital or victim services worker'), ('community_voice', 'Community voice'), ('researcher', 'Researcher'), ('auditor', 'Auditor'), ('privacy_officer', 'Privacy officer'), ('administrator', 'System administrator')], max_length=20),
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
        migrations.RunSQL(INDEX + REQUIRE + REFUSED + PEERS, UNDO),
        migrations.RunSQL(AUDIT, UNDO_AUDIT),
    ]
