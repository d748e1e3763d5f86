"""Openings of hidden records; `access/exceptional/functions.sql` has their functions."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

TABLES = """
-- What may be opened at all: written by the tables' owner when the wall is raised.
CREATE TABLE wall.glass_model (
    model text PRIMARY KEY,
    room text NOT NULL CHECK (room IN ('investigative', 'shared', 'services')),
    table_schema text NOT NULL,
    table_name text NOT NULL,
    key_column text NOT NULL,
    owner_column text NOT NULL,
    -- What narrows every reader of the table, as SQL; an opening does not lift it.
    besides text NOT NULL,
    standings text[] NOT NULL,
    CONSTRAINT a_record_stands_in_the_room_of_its_schema CHECK (table_schema = room),
    CONSTRAINT nothing_of_services_to_law_enforcement CHECK (room <> 'services'
        OR array_to_string(standings, ' ') !~ '@(police|neighbour_police|federal|prosecutor|probation)'),
    CONSTRAINT nothing_of_law_enforcement_to_services CHECK (room <> 'investigative'
        OR array_to_string(standings, ' ') !~ '@(ceasefire|ovp|community|hospital|oversight|vendor)')
);
-- A second factor serves one attempt, whatever came of it.
CREATE TABLE wall.glass_step (
    user_id bigint NOT NULL,
    stepped_up bigint NOT NULL,
    PRIMARY KEY (user_id, stepped_up)
);
"""


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0015_purposes"),
    ]

    operations = [
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=60)),
                ('record', models.BigIntegerField()),
                ('room', models.CharField(choices=[('investigative', 'Law enforcement'), ('shared', 'Shared'), ('services', 'Services (confidential)'), ('aggregate', 'Statistics only'), ('account', 'Your account')], max_length=20)),
                ('session', models.BigIntegerField()),
                ('reason', models.TextField()),
                ('stepped_up_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('review_due', models.DateTimeField()),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('justified', models.BooleanField(blank=True, null=True)),
                ('review_words', models.TextField(blank=True)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-opened_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('opened_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('opened_at'), '+', models.Value(datetime.timedelta(seconds=3600))))), name='opening_lasts_an_hour_at_most'), models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='opening_closes_after_it_opened'), models.CheckConstraint(condition=models.Q(('opened_at__lte', django.db.models.expressions.CombinedExpression(models.F('stepped_up_at'), '+', models.Value(datetime.timedelta(seconds=300))))), name='opening_follows_a_fresh_second_factor'), models.CheckConstraint(condition=models.Q(('room__in', ['investigative', 'shared', 'services'])), name='opening_is_in_a_closed_room'), models.CheckConstraint(condition=models.Q(('reason__regex', '\\S.{18,}\\S')), name='opening_says_why'), models.CheckConstraint(condition=models.Q(('review_due__gt', models.F('opened_at')), ('review_due__lte', django.db.models.expressions.CombinedExpression(models.F('opened_at'), '+', models.Value(datetime.timedelta(days=14))))), name='opening_is_reviewed_in_time'), models.CheckConstraint(condition=models.Q(('reviewed_by', None), models.Q(('reviewed_by', models.F('opened_by')), _negated=True), _connector='OR'), name='nobody_reviews_their_own_opening'), models.CheckConstraint(condition=models.Q(models.Q(('justified', None), ('review_words', ''), ('reviewed_at', None), ('reviewed_by', None)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False), ('closed_at__isnull', False), ('justified__isnull', False), models.Q(('review_words', ''), _negated=True)), _connector='OR'), name='a_reviewed_opening_is_closed_and_judged'), models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('opened_by',), name='one_open_record_for_one_person')],
            },
        ),
        migrations.RunSQL(TABLES, "DROP TABLE wall.glass_model, wall.glass_step"),
    ]
