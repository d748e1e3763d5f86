"""Stamps: what a row says of who added it and when is what the database knows."""

import datetime
import django.db.models.expressions
from django.db import migrations, models


# Who recorded it is stamped with the rest (access.policies); what has ended stays ended.
HISTORY = """
CREATE OR REPLACE FUNCTION wall.history_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NOT NULL
        AND NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
        RAISE check_violation USING MESSAGE = 'a certificate that was ended stays ended';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0028_audience_numbers'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('given_on__lte', models.Func(models.F('recorded_at'), output_field=models.DateField(), template="((%(expressions)s AT TIME ZONE 'UTC')::date + 1)"))), name='consent_is_given_before_it_is_recorded'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(datetime.timedelta(days=7))))), name='export_is_over_within_a_week'),
        ),
        migrations.RunSQL(HISTORY, migrations.RunSQL.noop),
    ]
